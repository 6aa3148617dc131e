import { cache } from '../../facts/cache.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { groupBy } from '../../group-by.js';
import { namedPurpose } from '../cache-purpose.js';
import { callsNamed } from '../javascript-calls.js';
import { argument, givenName, written, at } from '../javascript-place.js';
import { isReached } from '../reached.js';
import { namesOfProvisions, provisionOf } from './provisions.js';

interface Policy {
  readonly place: Placed<Call>;
  readonly options: Placed;
  /** Made by a function that is asked again when an entry is gone. */
  readonly readsThrough: boolean;
}

/** Caches of the server: `server.method(name, method, { cache })` (https://hapi.dev/api/#-servermethodname-method-options) and `server.cache({ segment })`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (!program.javascript.imports('@hapi/hapi') && !program.javascript.imports('hapi')) return;
  const policies = [...methodsOf(program), ...cachesOf(program)].filter(
    ({ place }) => isReached(program, place) !== false,
  );
  // What the same cache keeps of several methods is mended by the same line.
  const told = groupBy(policies, (one) =>
    one.readsThrough ? (nameOfCache(program, one.options) ?? '') : one.place.node,
  );
  for (const [first] of told.values()) yield stated(program, first);
}

function stated(program: Program, { place, options, readsThrough }: Policy): Stated {
  const { javascript } = program;
  const name = nameOfCache(program, options);
  const provision = {
    ...provisionOf(program, name === null ? soleName(program) : name),
    ...switchOf(program, options),
  };
  const segment = textOf(program, options, 'segment');
  const given = readsThrough ? '' : givenName(place);
  const purpose = readsThrough ? undefined : namedPurpose([segment ?? '', given]);
  const drops =
    readsThrough &&
    callsNamed(program, 'drop').some(({ node }) =>
      written({ module: place.module, node: node.callee }).endsWith('.cache.drop'),
    );
  // Where a switch decides whether all instances share it, they were meant to.
  const upkeep = drops ? 'invalidated' : 'left-alone';
  const meant = provision.switchedBy !== '';
  return state(
    cache,
    javascript.locate(place),
    {
      name: segment ?? (given === '' ? 'server methods' : given),
      store: provision.store,
      scope: provision.scope,
      purpose: purpose ?? 'general',
      ...(meant ? {} : { upkeep }),
      explicit: provision.explicit,
      setting: `${written(at(place, place.node.callee))}()${meant ? `, and ${provision.switchedBy} decides` : ''}`,
      remedy:
        "cache: 'redis', with cache: [{ name: 'redis', provider: { constructor: CatboxRedis, options: { url: process.env.REDIS_URL } } }] of the server",
    },
    provision.evidence,
  );
}

function* methodsOf(program: Program): Iterable<Policy> {
  for (const call of callsNamed(program, 'method')) {
    const first = argument(call, 0);
    if (call.node.callee.type !== 'MemberExpression' || first === undefined) continue;
    const holder = first.node.type === 'ObjectExpression' ? optionOf(program, first, 'options') : argument(call, 2);
    const options = holder === undefined ? undefined : optionOf(program, holder, 'cache');
    if (options !== undefined) yield { place: call, options, readsThrough: true };
  }
}

function* cachesOf(program: Program): Iterable<Policy> {
  for (const call of callsNamed(program, 'cache')) {
    const options = argument(call, 0);
    if (call.node.callee.type !== 'MemberExpression' || options?.node.type !== 'ObjectExpression') continue;
    if (!['segment', 'expiresIn', 'expiresAt'].some((key) => optionOf(program, options, key) !== undefined)) continue;
    yield { place: call, options, readsThrough: optionOf(program, options, 'generateFunc') !== undefined };
  }
}

function nameOfCache(program: Program, options: Placed): string | undefined | null {
  const option = program.javascript.option(options, 'cache');
  if (option === 'absent') return undefined;
  if (option === undefined) return null;
  const value = program.javascript.value(option);
  return value.kind === 'none' ? undefined : (text(value) ?? null);
}

/** `cache: process.env.LOCAL ? undefined : 'redis'`: no name, because nobody sets a variable. */
function switchOf(program: Program, options: Placed): { switchedBy?: string } {
  const option = optionOf(program, options, 'cache');
  const value = option === undefined ? undefined : program.javascript.value(option);
  const variables = value?.kind === 'none' ? value.origin.variables : [];
  return variables.length === 0 ? {} : { switchedBy: `the variable ${variables.join(', ')}` };
}

/** A name that a variable chooses can only be that of a cache which the server has. */
function soleName(program: Program): string | null {
  const names = namesOfProvisions(program);
  return names.length === 1 ? (names[0] ?? null) : null;
}

function textOf(program: Program, options: Placed, key: string): string | undefined {
  const option = optionOf(program, options, key);
  return option === undefined ? undefined : text(program.javascript.value(option));
}

function optionOf(program: Program, options: Placed, key: string): Placed | undefined {
  const found = program.javascript.option(options, key);
  return found === 'absent' ? undefined : found;
}
