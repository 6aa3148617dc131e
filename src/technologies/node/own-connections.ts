import { nodesAbove } from '../../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../javascript-place.js';
import type { HeldState } from './held.js';
import type { StateWrite } from './state-writes.js';

const CONNECTION = /^_?(?:socket|sock|ws|conn|connection|webSocket)$/;
const SENDS = /^(?:send|sendJson|emit|write|publish|broadcast\w*|to|in)$/;

/** A set of the connections themselves, to count or to close them: each process has its own. Who sends through it wants them all. */
export function isOwnConnections({ mentions }: HeldState, all: readonly StateWrite[]): boolean {
  const put = all.filter(({ how }) => how !== 'shrink' && how !== 'assign');
  if (!put.every(({ how, value }) => how === 'grow' && value?.type === 'Identifier' && CONNECTION.test(value.name)))
    return false;
  return put.length > 0 && !mentions.some(({ module, node }) => isSentThrough(nodesAbove(module.document.tree, node)));
}

function isSentThrough(above: readonly Node[]): boolean {
  const around = above.find(
    (one) => /Statement$|Declaration$/.test(one.type) && one.type !== 'ReturnStatement' && one.type !== 'IfStatement',
  );
  let found = false;
  if (around !== undefined)
    walkJavaScript(around, (node) => {
      if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
        found ||= SENDS.test(nameOf(node.callee.property));
      return !found;
    });
  return found;
}
