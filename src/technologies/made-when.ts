import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Evidence } from '../location.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { childrenOf, type Node } from '../parse/javascript/walk.js';
import { isFunction } from './request-handlers.js';
import { onlyRequestPath } from './request-path.js';

/** Why something is made anew for each request, with the way there; undefined where it is made once, or nothing says so. */
export function madeWhen(program: Program, place: Placed): readonly Evidence[] | undefined {
  const above = nodesAbove(place.module.document.tree, place.node);
  const fn = above.find(isFunction);
  if (fn === undefined || isKept(place.node, above) || isAsked(fn, above)) return undefined;
  const path = onlyRequestPath(program, place);
  if (path === undefined) return undefined;
  const here = { message: 'every request comes here', location: program.javascript.locate(place) };
  const steps = [here, ...path.evidence];
  return steps.map((step, i) =>
    i === steps.length - 1 ? { ...step, message: `${step.message}, because ${path.reason}` } : step,
  );
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
    if (node.type === 'AssignmentExpression' && names.has(rootOf(node.right)))
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

/** `made` of `made` and of `made.controller`. */
function rootOf(node: Node): string {
  const inner = node.type === 'MemberExpression' ? node.object : node;
  return inner.type === 'Identifier' ? inner.name : '';
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

/**
 * Whether what a call is given comes in through a function's parameters: the address of somebody else's database, which the
 * program only looks at.
 */
export function isGivenIn({ module, node }: Placed): boolean {
  const above = nodesAbove(module.document.tree, node);
  const functions = above.filter(isFunction);
  const [fn] = functions;
  if (fn === undefined) return false;
  const parameters = new Set(functions.flatMap(({ params }) => params.flatMap(namesIn)));
  const asked = new Set(namesIn(node));
  // Through constants of the function, which name what they are made of.
  for (let round = 0; round < 3; round++)
    for (const name of [...asked]) for (const part of madeOf(fn, name)) asked.add(part);
  return [...asked].some((name) => parameters.has(name));
}

/** The names that an expression or a pattern speaks of, members of others left out. */
function namesIn(node: Node): string[] {
  const names: string[] = [];
  const visit = (one: Node): void => {
    if (one.type === 'Identifier') names.push(one.name);
    if (isFunction(one)) return;
    for (const child of childrenOf(one)) {
      const isName =
        (one.type === 'MemberExpression' && child === one.property && !one.computed) ||
        (one.type === 'Property' && child === one.key && !one.computed && one.value !== child);
      if (!isName) visit(child);
    }
  };
  visit(node);
  return names;
}

function madeOf(fn: Node, name: string): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclarator' && node.init !== null && namesIn(node.id).includes(name))
      names.push(...namesIn(node.init));
    childrenOf(node).forEach(visit);
  };
  visit(fn);
  return names;
}
