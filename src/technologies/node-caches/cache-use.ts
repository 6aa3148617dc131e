import type { FunctionNode, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import type { Node } from '../../parse/javascript/walk.js';
import { isFunction } from '../../link/javascript/syntax.js';
import { namedPurpose } from '../cache-purpose.js';
import { aboveOf, at, functionName, nameOf } from '../javascript-place.js';

export type Purpose = 'sessions' | 'rate-limit' | 'lock' | 'only-copy' | 'general' | 'unused';
export type Upkeep = 'invalidated' | 'left-alone';

export interface CacheUse {
  readonly purpose: Purpose;
  readonly upkeep: Maybe<Upkeep>;
  readonly evidence: readonly Evidence[];
}

const READS = /^(?:get|mget|has|peek|fetch|take|hasKey|getAsync)$/;
const WRITES = /^(?:set|put|mset|add|setAsync)$/;
const READS_THROUGH = /^(?:wrap|getOrSet|memo|fetch|forceFetch|middleware)$/;
const DROPS = /^(?:del|delete|mdel|reset|clear|flushAll|flush|evict|invalidate|take)$/;

/** What a cache is for, by what the code does with it. The names tell the end only where the doing leaves it open. */
export function useOf(program: Program, name: string, uses: readonly Use[], memoised = false): CacheUse {
  const by = (pattern: RegExp): Use[] => uses.filter((use) => pattern.test(use.steps.at(-1) ?? ''));
  const [reads, writes, drops] = [by(READS), by(WRITES), by(DROPS)];
  const readsThrough =
    memoised || by(READS_THROUGH).length > 0 || writes.some((write) => reads.some((read) => isTogether(read, write)));
  if (reads.length === 0 && !readsThrough) return { purpose: 'unused', upkeep: 'left-alone', evidence: [] };
  // What is filled by a loop is a copy of what somebody else has.
  const copied = writes.length > 0 && writes.every(isInLoop);
  const purpose =
    memoised || copied ? 'general' : purposeOf(name, [...writes, ...reads], readsThrough, writes.length > 0);
  return { purpose, ...upkeepOf(program, drops, reads) };
}

function isInLoop(write: Use): boolean {
  const above = [...aboveOf(write)].reverse();
  const loop = above.findIndex((node) => /^For(?:Of|In)?Statement$/.test(node.type) || isForEach(node));
  const named = above.findIndex((node) => node.type === 'FunctionDeclaration' || node.type === 'MethodDefinition');
  return loop >= 0 && (named < 0 || loop < named);
}

function isForEach(node: Node): boolean {
  return node.type === 'CallExpression' && nameOf(node.callee) === 'forEach';
}

/** Both in one function: what is not there is made and put there, so anyone can make it again. */
function isTogether(read: Use, write: Use): boolean {
  const [a, b] = [read.within.at(0), write.within.at(0)];
  return a !== undefined && a === b;
}

function purposeOf(name: string, uses: readonly Use[], readsThrough: boolean, written: boolean): Purpose {
  const words = [name, ...uses.map(keyOf)];
  const named = namedPurpose(words);
  if (named === 'rate-limit') return named;
  return named === undefined || readsThrough || !written ? 'general' : named;
}

/** The literal part of a key: `otp:` of `otp:${email}`. */
function keyOf({ node }: Use): string {
  const [key] = node.arguments;
  if (key?.type === 'Literal') return typeof key.value === 'string' ? key.value : '';
  return key?.type === 'TemplateLiteral' ? key.quasis.map(({ value }) => value.raw).join(' ') : '';
}

function upkeepOf(
  program: Program,
  drops: readonly Use[],
  reads: readonly Use[],
): { upkeep: Maybe<Upkeep>; evidence: Evidence[] } {
  const { javascript } = program;
  let doubtful: string | undefined;
  for (const drop of drops) {
    if (drop.within.length === 0 || isToldByOthers(drop) || reads.some((read) => isTogether(read, drop))) continue;
    const owner = drop.within.at(-1);
    const evidence = [{ message: 'entries are removed here, in this process only', location: javascript.locate(drop) }];
    if (owner === undefined || !isOnlyThat(owner)) return { upkeep: 'invalidated', evidence };
    // A function that does nothing else is as good as who calls it.
    if (javascript.callsOf(at(drop, owner)).length > 0) return { upkeep: 'invalidated', evidence };
    doubtful ??= functionName(at(drop, owner)) || 'a function';
  }
  if (doubtful === undefined) return { upkeep: 'left-alone', evidence: [] };
  return {
    upkeep: unknown(`who calls ${doubtful}(), which removes entries, cannot be told`, ['invalidated', 'left-alone']),
    evidence: [],
  };
}

/** Inside of what listens to a channel that all instances hear, or to a clock. */
function isToldByOthers(drop: Use): boolean {
  const above = aboveOf(drop);
  return above.some(
    (node: Node, i) =>
      node.type === 'CallExpression' &&
      above[i + 1] !== undefined &&
      isFunction(above[i + 1]) &&
      /^(?:on|subscribe|pSubscribe|psubscribe|addListener|setInterval|setTimeout|schedule)$/.test(nameOf(node.callee)),
  );
}

function isOnlyThat(fn: FunctionNode): boolean {
  return fn.body.type !== 'BlockStatement' || fn.body.body.length <= 1;
}
