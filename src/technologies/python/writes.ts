import type { Expression, Module, Node } from '../../parse/python/ast.js';
import { walkFunctions, type Place } from './scopes.js';

/** A place within a function that changes a variable from outside of it. */
export interface Write {
  readonly node: Node;
  readonly place: Place;
  /** `assign` binds the name anew; `key` sets or counts under a key; `grow` adds; `shrink` only takes away. */
  readonly how: 'assign' | 'key' | 'count' | 'grow' | 'shrink';
  /** What is written, where one expression is. */
  readonly value: Expression | undefined;
  /** Under which key, where there is one. */
  readonly key: Expression | undefined;
}

const GROWS: ReadonlySet<string> = new Set(['append', 'appendleft', 'extend', 'insert', 'add', 'update', 'setdefault']);
const SHRINKS: ReadonlySet<string> = new Set(['pop', 'popitem', 'popleft', 'remove', 'discard', 'clear']);

/** Every write of a function to what `owner` recognises as a shared variable; it gives its name. */
export function writesIn(
  module: Module,
  owner: (expression: Expression, place: Place) => string | undefined,
): ReadonlyMap<string, Write[]> {
  const found = new Map<string, Write[]>();
  const add = (name: string | undefined, write: Write): void => {
    if (name === undefined) return;
    const before = found.get(name);
    if (before === undefined) found.set(name, [write]);
    else before.push(write);
  };
  walkFunctions(module, (node, place) => {
    if (node.type === 'Assign') {
      for (const target of node.targets) {
        if (target.type === 'Subscript')
          add(owner(baseOf(target), place), { node, place, how: 'key', value: node.value, key: target.slice });
        else add(owner(target, place), { node, place, how: 'assign', value: node.value, key: undefined });
      }
    } else if (node.type === 'AugAssign') {
      const { target } = node;
      const counts = (node.op === '+' || node.op === '-') && isNumber(node.value);
      if (target.type === 'Subscript')
        add(owner(baseOf(target), place), {
          node,
          place,
          how: counts ? 'count' : 'key',
          value: node.value,
          key: target.slice,
        });
      else
        add(owner(target, place), { node, place, how: counts ? 'count' : 'assign', value: node.value, key: undefined });
    } else if (node.type === 'Delete') {
      for (const target of node.targets)
        if (target.type === 'Subscript')
          add(owner(baseOf(target), place), { node, place, how: 'shrink', value: undefined, key: target.slice });
    } else if (node.type === 'Call' && node.func.type === 'Attribute') {
      const { attr, value } = node.func;
      if (!GROWS.has(attr) && !SHRINKS.has(attr)) return;
      const how = GROWS.has(attr) ? 'grow' : 'shrink';
      const [first, second] = node.args;
      // A default that is itself a container is there to be filled, not to be read again.
      const key = attr === 'setdefault' && second !== undefined && !isContainer(second) ? first : undefined;
      add(owner(baseOf(value), place), { node, place, how, value: node.args.at(-1), key });
    }
  });
  return found;
}

/** `x` of `x[a][b]` and of `x.setdefault(a, []).append`. */
function baseOf(expression: Expression): Expression {
  let base = expression;
  for (;;) {
    if (base.type === 'Subscript') base = base.value;
    else if (base.type === 'Call' && base.func.type === 'Attribute' && base.func.attr === 'setdefault')
      base = base.func.value;
    else return base;
  }
}

function isContainer(value: Expression): boolean {
  return value.type === 'List' || value.type === 'Dict' || value.type === 'Set' || value.type === 'Call';
}

function isNumber(value: Expression): boolean {
  return value.type === 'Constant' && (value.kind === 'int' || value.kind === 'float');
}
