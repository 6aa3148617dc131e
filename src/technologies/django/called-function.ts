import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Call, FunctionDef } from '../../parse/python/ast.js';
import { wrappedFunction } from './handed.js';
import { mayLead } from './leading-names.js';
import { managerMethod } from './manager-methods.js';
import { isQuerySetMethod } from './queryset-methods.js';
import { heldBy } from './querysets.js';

/** The function of the project that a call runs, be it a method of a row or of a manager. */
export function calledFunction(
  program: Program,
  { module, node }: PythonPlace<Call>,
): PythonPlace<FunctionDef> | undefined {
  const { pythonCode } = program;
  const func = wrappedFunction(node) ?? node.func;
  if (func.type === 'Attribute' && mayLead(program, func.attr)) {
    const owner = heldBy(program, { module, node: func.value });
    if (owner?.kind === 'row') {
      const method = pythonCode.member(owner.model.place, func.attr);
      if (method?.definition.kind !== 'function') return undefined;
      return { module: method.owner.module, node: method.definition.node };
    }
    if (owner?.kind === 'queryset')
      return owner.inMemory === true || isQuerySetMethod(func.attr)
        ? undefined
        : managerMethod(program, owner.model, func.attr);
  }
  const [target, ...others] = pythonCode.resolve({ module, node: func });
  if (target?.kind === 'unknown' && others.length === 0 && func.type === 'Attribute') return ofUnknown(program, func);
  if (target?.kind !== 'function' || others.length > 0 || target.at.node.type !== 'FunctionDef') return undefined;
  return { module: target.at.module, node: target.at.node };
}

/** `context["object_list"]` may hold anything, but only books have been `deliver_by_mail()`ed. */
function ofUnknown(program: Program, { value, attr }: Attribute): PythonPlace<FunctionDef> | undefined {
  return value.type === 'Name' && value.id !== 'self' ? program.pythonCode.onlyMethod(attr) : undefined;
}
