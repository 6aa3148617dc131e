import type { ClassDef, FunctionDef } from '../../parse/python/ast.js';
import type { PythonFunction, PythonModule, PythonPlace } from './python-code.js';
import { scopesOf } from './scopes.js';

/** The class whose body holds a function. */
export function ownerOf(module: PythonModule, fn: PythonFunction): PythonPlace<ClassDef> | undefined {
  const { above } = scopesOf(module.document);
  let at = above.get(fn);
  // A method may be defined under a condition.
  while (at?.type === 'If' || at?.type === 'Try' || at?.type === 'With') at = above.get(at);
  return at?.type === 'ClassDef' ? { module, node: at } : undefined;
}

function decorates(fn: FunctionDef, names: RegExp): boolean {
  return fn.decorators.some((one) => {
    const what = one.type === 'Call' ? one.func : one;
    return names.test(what.type === 'Name' ? what.id : what.type === 'Attribute' ? what.attr : '');
  });
}

export function isStatic(fn: FunctionDef): boolean {
  return decorates(fn, /^staticmethod$/);
}

/** `@abstractmethod`, or nothing but `raise NotImplementedError`. */
export function isAbstract(fn: FunctionDef): boolean {
  const last = fn.body.at(-1);
  const raised = last?.type === 'Raise' ? (last.exc?.type === 'Call' ? last.exc.func : last.exc) : null;
  return decorates(fn, /^abstractmethod$/) || (raised?.type === 'Name' && raised.id === 'NotImplementedError');
}

export function isOfClass(fn: FunctionDef): boolean {
  return decorates(fn, /^classmethod$/) || fn.name === '__new__' || fn.name === '__init_subclass__';
}

export function isProperty(fn: FunctionDef): boolean {
  return decorates(fn, /^(?:cached_?)?property(?:_readonly)?$/);
}
