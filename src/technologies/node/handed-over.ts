import { nodesAbove } from '../../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../javascript-place.js';
import { isFunction } from '../request-handlers.js';
import { isAnew, isReadWhole } from '../write-buffer.js';
import type { HeldState } from './held.js';
import type { StateWrite } from './state-writes.js';

/** What a function that empties a buffer is called, or calls: it takes along what was in there. */
const HANDS_OVER = /^_*(?:flush|drain|persist|publish|commit|dump|sync|write|save|store|insert|upsert|bulk)/i;

/**
 * A write buffer: what requests bring is collected, and some function hands all of it over to where everybody sees it, and
 * begins anew. Each process rightly has one of its own. Who only begins anew (`resetGame`) hands nothing over.
 */
export function isHandedOver({ mentions }: HeldState, all: readonly StateWrite[]): boolean {
  return all.some((write) => {
    const [fn] = write.within;
    if (fn === undefined || !empties(write)) return false;
    const read = mentions.some(
      ({ module, node }) =>
        module === write.place.module &&
        node.range[0] >= fn.range[0] &&
        node.range[1] <= fn.range[1] &&
        isReadWhole(nodesAbove(module.document.tree, node), node),
    );
    return read && handsOver(fn, write.above);
  });
}

/** `pending = []`, `pending.clear()`, `pending.length = 0`, `pending.splice(0)`. */
function empties({ how, value, key, above: [outer] }: StateWrite): boolean {
  if (how !== 'shrink') return how === 'assign' && isAnew(value);
  const name = outer?.type === 'MemberExpression' ? nameOf(outer.property) : '';
  return name === 'clear' || name === 'length' || (name === 'splice' && key?.type === 'Literal' && key.value === 0);
}

function handsOver(fn: Node, above: readonly Node[]): boolean {
  const named = isFunction(fn) && fn.id !== null && fn.id !== undefined ? fn.id.name : '';
  if (HANDS_OVER.test(named) || HANDS_OVER.test(holderName(above[above.indexOf(fn) + 1]))) return true;
  let found = false;
  walkJavaScript(fn, (node) => {
    if (node.type === 'CallExpression') found ||= HANDS_OVER.test(nameOf(node.callee));
    return !found;
  });
  return found;
}

function holderName(holder: Node | undefined): string {
  switch (holder?.type) {
    case 'VariableDeclarator':
      return nameOf(holder.id);
    case 'AssignmentExpression':
      return nameOf(holder.left);
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return nameOf(holder.key);
    default:
      return '';
  }
}
