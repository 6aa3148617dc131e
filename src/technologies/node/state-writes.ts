import type { Placed } from '../../link/javascript/javascript-program.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../injected-calls.js';
import { isFunction } from '../request-handlers.js';
import type { HeldState } from './held.js';

/** A place within a function that changes state from outside of it. */
export interface StateWrite {
  readonly place: Placed;
  /** `assign` binds the name anew; `key` sets under a key; `count` adds or takes one; `grow` adds; `shrink` only takes away. */
  readonly how: 'assign' | 'key' | 'count' | 'grow' | 'shrink';
  /** What is written, and under which key. */
  readonly value: Node | undefined;
  readonly key: Node | undefined;
  /** The functions that it stands in, innermost first. */
  readonly within: readonly Node[];
  readonly above: readonly Node[];
}

const GROWS = new Set(['push', 'unshift', 'add', 'append', 'assign', 'fill']);
const SHRINKS = new Set(['delete', 'clear', 'pop', 'shift', 'splice']);

/** Writes that functions do; those of the module itself only fill it. */
export function writesOf(state: HeldState): StateWrite[] {
  return state.mentions.flatMap((mention) => {
    const above = nodesAbove(mention.module.document.tree, mention.node);
    const within = above.filter(isFunction);
    if (within.length === 0) return [];
    const write = writeOf(mention.node, above);
    if (write === undefined) return state.kind === 'container' ? throughElements(mention, above) : [];
    return [{ ...write, place: mention, within, above }];
  });
}

/** What a loop over a container does to what it holds: `polls.forEach((poll) => { poll.votes[choice] = true; })`. */
function throughElements(mention: Placed, above: readonly Node[]): StateWrite[] {
  const loop = loopOver(mention.node, above);
  if (loop === undefined) return [];
  const { module } = mention;
  const found: StateWrite[] = [];
  walkJavaScript(loop.body, (node) => {
    if (node.type !== 'Identifier' || node.name !== loop.element) return;
    const around = nodesAbove(module.document.tree, node);
    const [member] = around;
    if (member?.type !== 'MemberExpression' || member.object !== node) return;
    const write = writeOf(node, around);
    if (write !== undefined && write.how !== 'assign')
      found.push({ ...write, place: { module, node }, within: around.filter(isFunction), above: around });
  });
  return found;
}

function loopOver(node: Node, [outer, next]: readonly Node[]): { element: string; body: Node } | undefined {
  if (outer?.type === 'ForOfStatement' && outer.right === node && outer.left.type === 'VariableDeclaration') {
    const element = outer.left.declarations[0]?.id;
    return element?.type === 'Identifier' ? { element: element.name, body: outer.body } : undefined;
  }
  if (outer?.type !== 'MemberExpression' || outer.object !== node || nameOf(outer.property) !== 'forEach')
    return undefined;
  const work = next?.type === 'CallExpression' && next.callee === outer ? next.arguments[0] : undefined;
  const element = work !== undefined && isFunction(work) ? work.params[0] : undefined;
  return work !== undefined && isFunction(work) && element?.type === 'Identifier'
    ? { element: element.name, body: work.body }
    : undefined;
}

function writeOf(node: Node, above: readonly Node[]): Pick<StateWrite, 'how' | 'value' | 'key'> | undefined {
  let inner = node;
  let key: Node | undefined;
  for (let i = 0; i < above.length; i++) {
    const outer = above[i];
    if (outer === undefined) return undefined;
    const next = above[i + 1];
    if (outer.type === 'MemberExpression' && outer.object === inner) {
      const name = nameOf(outer.property);
      if (next?.type === 'CallExpression' && next.callee === outer) {
        if (name === 'set') return { how: 'key', key: next.arguments[0], value: next.arguments[1] };
        if (GROWS.has(name)) return { how: 'grow', key, value: next.arguments.at(-1) };
        if (SHRINKS.has(name)) return { how: 'shrink', key: next.arguments[0], value: undefined };
        // `rooms.get(id).push(…)` changes what it holds.
        if (name !== 'get') return undefined;
        key = next.arguments[0];
        inner = next;
        i++;
        continue;
      }
      if (inner === node) key = outer.property;
      inner = outer;
    } else if (
      outer.type === 'TSNonNullExpression' ||
      outer.type === 'TSAsExpression' ||
      outer.type === 'ChainExpression'
    )
      inner = outer;
    else if (outer.type === 'AssignmentExpression' && outer.left === inner) {
      // `queue.length = 0` empties it.
      if (inner.type === 'MemberExpression' && !inner.computed && nameOf(inner.property) === 'length')
        return { how: 'shrink', key: undefined, value: undefined };
      const counts =
        (outer.operator === '+=' || outer.operator === '-=') &&
        outer.right.type === 'Literal' &&
        typeof outer.right.value === 'number';
      return { how: counts ? 'count' : inner === node ? 'assign' : 'key', key, value: outer.right };
    } else if (outer.type === 'UpdateExpression') return { how: 'count', key, value: undefined };
    else if (outer.type === 'UnaryExpression' && outer.operator === 'delete' && inner !== node)
      return { how: 'shrink', key, value: undefined };
    else if (
      outer.type === 'CallExpression' &&
      inner === node &&
      outer.arguments[0] === inner &&
      outer.callee.type === 'MemberExpression' &&
      outer.callee.object.type === 'Identifier' &&
      outer.callee.object.name === 'Object' &&
      nameOf(outer.callee.property) === 'assign'
    )
      return { how: 'grow', key: undefined, value: outer.arguments[1] };
    else return undefined;
  }
  return undefined;
}
