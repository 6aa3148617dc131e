import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Evidence } from '../location.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { childrenOf, type Node } from '../parse/javascript/walk.js';
import { isFunction } from './request-handlers.js';
import { requestPath } from './request-path.js';

/** Why something is made anew for each request, with the way there; undefined where it is made once, or nothing says so. */
export function madeWhen(program: Program, place: Placed): readonly Evidence[] | undefined {
  const above = nodesAbove(place.module.document.tree, place.node);
  const fn = above.find(isFunction);
  if (fn === undefined || isKept(place.node, above) || isAsked(fn, above)) return undefined;
  const path = requestPath(program, place);
  return path === undefined
    ? undefined
    : [
        { message: `every request comes here, because ${path.reason}`, location: program.javascript.locate(place) },
        ...path.evidence,
      ];
}

/** Whether it is kept outside of the function: `pool ??= new Pool()`, `this.pool = …`, `globalThis.db = await connect()`. */
function isKept(node: Node, above: readonly Node[]): boolean {
  const kept = new Set<string>();
  let inner = node;
  for (const outer of above) {
    if (outer.type === 'AssignmentExpression' && outer.right === inner) {
      const { left } = outer;
      if (left.type === 'MemberExpression') return true;
      if (left.type === 'Identifier') {
        const fn = above.find(isFunction);
        return fn !== undefined && !declares(fn, left.name);
      }
    }
    if (outer.type === 'VariableDeclarator' && outer.id.type === 'Identifier') kept.add(outer.id.name);
    if (isFunction(outer)) return kept.size > 0 && isHandedOut(outer, kept);
    inner = outer;
  }
  return false;
}

/** `const created = new Pool(); cached = created;` and `pools.set(key, created)` */
function isHandedOut(fn: Node, names: ReadonlySet<string>): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found) return;
    if (node.type === 'AssignmentExpression' && node.right.type === 'Identifier' && names.has(node.right.name))
      found =
        node.left.type === 'MemberExpression' || (node.left.type === 'Identifier' && !declares(fn, node.left.name));
    if (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier'
    )
      found ||=
        /^(?:set|add|push)$/.test(node.callee.property.name) &&
        node.arguments.some((one) => one.type === 'Identifier' && names.has(one.name));
    childrenOf(node).forEach(visit);
  };
  visit(fn);
  return found;
}

function declares(fn: Node, name: string): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name) found = true;
    if (!found) childrenOf(node).forEach(visit);
  };
  visit(fn);
  return found;
}

/** A constructor makes it for an object, which may live as long as the process. */
function isAsked(fn: Node, above: readonly Node[]): boolean {
  const holder = above[above.indexOf(fn) + 1];
  return holder?.type === 'MethodDefinition' && holder.kind === 'constructor';
}
