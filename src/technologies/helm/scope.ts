import type { GoNode } from '../../parse/go-template/node.js';
import { entryOf } from './functions/collections.js';
import { NIL, unread, type Value } from './value.js';

/** Variables of a block, inside those of the blocks around it. */
export interface Frame {
  readonly values: Map<string, Value>;
  readonly outer: Frame | undefined;
}

export function frame(outer: Frame | undefined, values: readonly (readonly [string, Value])[] = []): Frame {
  return { values: new Map(values), outer };
}

export function lookUp(variables: Frame, name: string): Value {
  for (let at: Frame | undefined = variables; at !== undefined; at = at.outer) {
    const found = at.values.get(name);
    if (found !== undefined) return found;
  }
  return NIL;
}

export function assign(variables: Frame, name: string, value: Value): void {
  for (let at: Frame | undefined = variables; at !== undefined; at = at.outer) {
    if (!at.values.has(name)) continue;
    at.values.set(name, value);
    return;
  }
}

/** Names of variables that nodes set without declaring them. */
export function assignedIn(nodes: readonly GoNode[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.kind !== 'action' && node.kind !== 'if' && node.kind !== 'with' && node.kind !== 'range') return [];
    const own = node.pipeline.declares ? [] : node.pipeline.variables;
    return node.kind === 'action' ? [...own] : [...own, ...assignedIn(node.body), ...assignedIn(node.otherwise)];
  });
}

/** What a chain of names leads to; nothing where there is nothing on the way. */
export function fields(value: Value, names: readonly string[]): Value {
  let current = value;
  for (const name of names) {
    if (current.kind === 'unread') return current.something === true ? unread(current.reason) : current;
    if (current.kind === 'method') current = current.call([]);
    const method = current.kind === 'dict' ? current.methods?.get(name) : undefined;
    current = method === undefined ? entryOf(current, name) : { kind: 'method', call: method };
  }
  return current;
}
