import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { ASKS } from './queryset-methods.js';
import { heldBy, unwrapped } from './querysets.js';

const DEEPEST = 2;

/** Where a function of the project that is called asks the database, whatever it is given; undefined where that is not seen. */
export function asksDatabase(program: Program, call: PythonPlace<Call>, depth = 0): PythonPlace | undefined {
  const { pythonCode } = program;
  const { func } = call.node;
  if (func.type === 'Attribute') {
    const owner = heldBy(program, { module: call.module, node: func.value });
    if (owner?.kind === 'row') {
      const method = pythonCode.member(owner.model.place, func.attr);
      if (method?.definition.kind !== 'function') return undefined;
      return inside(program, { module: method.owner.module, node: method.definition.node }, depth);
    }
  }
  const [target, ...others] = pythonCode.resolve({ module: call.module, node: func });
  if (target?.kind !== 'function' || others.length > 0 || target.at.node.type !== 'FunctionDef') return undefined;
  return inside(program, { module: target.at.module, node: target.at.node }, depth);
}

/** The same of a function itself. */
export function asksInside(program: Program, fn: PythonPlace<FunctionDef>): PythonPlace | undefined {
  return inside(program, fn, 0);
}

function inside(program: Program, fn: PythonPlace<FunctionDef>, depth: number): PythonPlace | undefined {
  if (depth >= DEEPEST || isKept(fn.node)) return undefined;
  return program.memo(`django:asks ${fn.module.path} ${String(fn.node.start)} ${String(depth)}`, () => {
    let found: PythonPlace | undefined;
    const { module } = fn;
    for (const statement of fn.node.body) {
      walkPython(statement, (node, parents) => {
        if (found !== undefined || node.type === 'FunctionDef' || node.type === 'Lambda') return false;
        // What happens under a condition need not happen each time.
        if (isConditional(parents, node)) return false;
        if (node.type === 'Call') {
          const { func } = node;
          const base =
            func.type === 'Attribute' && ASKS.test(func.attr)
              ? heldBy(program, { module, node: func.value })
              : undefined;
          if (base?.kind === 'queryset' && (base.ofRow === undefined || base.filtered)) found = { module, node };
          else if (
            func.type === 'Attribute' &&
            ASKS.test(func.attr) &&
            isOwnManager(program, { module, node: func.value })
          )
            found = { module, node };
          else found = asksDatabase(program, { module, node }, depth + 1);
        } else if (node.type === 'For' || node.type === 'ComprehensionClause') {
          const held = heldBy(program, { module, node: unwrapped(node.iter) });
          if (held?.kind === 'queryset' && held.ofRow === undefined) found = { module, node: node.iter };
        }
        return true;
      });
      if (found !== undefined) break;
    }
    return found;
  });
}

/** `self.filter(...).first()` in a manager or a class of queries. */
function isOwnManager(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  let root: Expression = node;
  while (root.type === 'Call' || root.type === 'Attribute') root = root.type === 'Call' ? root.func : root.value;
  if (root.type !== 'Name' || root.id !== 'self') return false;
  const [target] = program.pythonCode.resolve({ module, node: root });
  return (
    target?.kind === 'instance' &&
    program.pythonCode
      .ancestry(target.of)
      .libraries.some((one) => /(?:Manager|QuerySet)(?:\.from_queryset\(\))?(?:\(\))?$/.test(one))
  );
}

function isConditional(parents: readonly Node[], node: Node): boolean {
  const parent = parents.at(-1);
  if (parent?.type === 'If') return node !== parent.test;
  if (parent?.type === 'IfExp') return node !== parent.test;
  if (parent?.type === 'BoolOp') return node !== parent.values[0];
  return parent?.type === 'ExceptHandler';
}

/** A result that is kept is asked for once. */
function isKept(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => {
    const what = one.type === 'Call' ? one.func : one;
    const name = what.type === 'Name' ? what.id : what.type === 'Attribute' ? what.attr : '';
    return /cache|memo/i.test(name) && name !== 'cached_property';
  });
}
