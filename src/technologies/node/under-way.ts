import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../injected-calls.js';
import { isFunction } from '../request-handlers.js';
import { leaves, mentions } from './mentions.js';
import type { StateWrite } from './state-writes.js';

export const CACHE = /cache|memo|lookup/i;

/** What is taken out again by the same function, because the work is done: `pending.set(key, promise)` and `pending.delete(key)` when it settles. */
export function isUnderWay(name: string, write: StateWrite, all: readonly StateWrite[]): boolean {
  const outermost = write.within.at(-1);
  const inner = write.within[0];
  if (outermost === undefined || inner === undefined) return false;
  return all.some((other) => {
    if (
      other.how !== 'shrink' ||
      !other.within.includes(inner) ||
      isAfterFailure(other, inner) ||
      (isTrimmed(other, write) && !CACHE.test(name))
    )
      return false;
    // What the same function takes out before it puts something in is another case, or what was there.
    if (other.within[0] === inner && other.place.node.range[0] < write.place.node.range[0]) return false;
    // A connection that ends takes its user along: that is presence, and no promise.
    return !waitsForEvent(other);
  });
}

/** Taken back because something went wrong: what goes well leaves it there. */
function isAfterFailure({ above }: StateWrite, fn: Node): boolean {
  return above
    .slice(0, above.indexOf(fn))
    .some((one) => one.type === 'CatchClause' || (one.type === 'IfStatement' && leaves(one.consequent)));
}

/** `if (history.length > 100) history.shift()`: only so much of it is kept. For a cache that is right, for a history it is no end. */
function isTrimmed({ above }: StateWrite, write: StateWrite): boolean {
  return above
    .slice(
      0,
      above.findIndex((one) => isFunction(one)),
    )
    .some(
      (one) =>
        (one.type === 'IfStatement' || one.type === 'WhileStatement') &&
        !write.above.includes(one) &&
        mentions(one.test, (name) => name === 'length' || name === 'size'),
    );
}

/** Some event takes it out, other than that the work is done. */
function waitsForEvent({ above }: StateWrite): boolean {
  return above.some(
    (one) =>
      one.type === 'CallExpression' &&
      /^(?:on|once|addListener|addEventListener|prependListener|subscribe)$/.test(calledName(one)) &&
      one.arguments[0]?.type === 'Literal' &&
      typeof one.arguments[0].value === 'string' &&
      !/^(?:finish|done|exit|error|complete|settled|success|fail|drain)/i.test(one.arguments[0].value),
  );
}

export function calledName({ callee }: TSESTree.CallExpression): string {
  return callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee);
}
