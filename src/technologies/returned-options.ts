import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';
import { isFunction } from './request-handlers.js';
import { at } from './javascript-place.js';

/** Options that are given as an object, or as a function that makes them: `NextAuth((request) => ({ … }))`. */
export function optionsOrReturned(program: Program, given: Placed): Placed | undefined {
  if (given.node.type === 'ObjectExpression') return given;
  const fn = program.javascript.functionOf(given);
  if (fn === undefined) return given;
  const returned = returnedBy(fn.node.body);
  return returned === undefined ? undefined : at(fn, returned);
}

/** What a body gives back, where it does so once. */
export function returnedBy(body: Node): Node | undefined {
  if (body.type !== 'BlockStatement') return body;
  let found: Node | undefined;
  walkJavaScript(body, (node) => {
    if (node.type === 'ReturnStatement') found ??= node.argument ?? undefined;
    return !isFunction(node);
  });
  return found;
}
