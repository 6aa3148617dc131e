import { state, type Scope, type Stated } from '../../facts/fact.js';
import { lock } from '../../facts/lock.js';
import type { FunctionNode, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { isFunction } from '../../link/javascript/syntax.js';
import { isUnknown } from '../../location.js';
import { effectsOf } from '../javascript-effects.js';
import { aboveOf, argument, at, functionName, givenName, written } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { requestPath, type RequestPath } from '../request-path.js';

interface Library {
  readonly package: string;
  readonly scope: Scope;
  /** Calls that take it, and the argument that runs while it is held; the rest of the function where there is none. */
  readonly takes: ReadonlyMap<string, number | 'rest'>;
}

const LIBRARIES: readonly Library[] = [
  // https://github.com/rogierschouten/async-lock
  { package: 'async-lock', scope: 'process', takes: new Map([['acquire', 1]]) },
  // https://github.com/DirtyHairy/async-mutex
  {
    package: 'async-mutex',
    scope: 'process',
    takes: new Map<string, number | 'rest'>([
      ['runExclusive', 0],
      ['acquire', 'rest'],
      ['waitForUnlock', 'rest'],
    ]),
  },
  // https://github.com/ide/await-lock
  { package: 'await-lock', scope: 'process', takes: new Map([['acquireAsync', 'rest']]) },
  // Lock files: https://github.com/moxystudio/node-proper-lockfile, https://github.com/npm/lockfile
  {
    package: 'proper-lockfile',
    scope: 'host',
    takes: new Map([
      ['lock', 'rest'],
      ['lockSync', 'rest'],
    ]),
  },
  { package: 'lockfile', scope: 'host', takes: new Map<string, number | 'rest'>([['lock', 2]]) },
];

/** Locks that requests hold while they change what other processes change as well: rows, or what another system keeps. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  const told = new Set<unknown>();
  for (const library of LIBRARIES) {
    if (!javascript.imports(library.package)) continue;
    for (const use of javascript.uses(library.package)) {
      const body = heldDuring(program, library, use);
      if (body === undefined || told.has(use.receiver?.node ?? use.node)) continue;
      const { effect, place, claim } = effectsOf(program, body);
      // What takes a lock that all see as well has been thought about.
      if (isUnknown(effect) || effect === 'own' || claim !== undefined || place === undefined) continue;
      const path = requestPath(program, use);
      if (path === undefined) continue;
      told.add(use.receiver?.node ?? use.node);
      yield stated(program, library, use, effect === 'sends' ? 'service' : 'database', place, path);
    }
  }
}

function stated(
  program: Program,
  library: Library,
  use: Use,
  protects: 'service' | 'database',
  place: Placed,
  path: RequestPath,
): Stated {
  const { javascript } = program;
  const owner = use.within.find((fn) => functionName(at(use, fn)) !== '') ?? path.handler;
  // redlock speaks through ioredis only: https://github.com/mike-marcacci/node-redlock#configuration
  const { package: client, made } = redisClientOf(program);
  const redis = client === 'ioredis' ? made : 'new Redis(process.env.REDIS_URL)';
  return state(
    lock,
    javascript.locate(use),
    {
      name: (use.receiver !== undefined && givenName(use.receiver)) || written(at(use, use.node.callee)),
      mechanism: library.package,
      scope: library.scope,
      protects,
      holder: functionName(at(use, owner)) || 'a request',
      remedy: `redlock.using([key], 5000, async () => { … }) of redlock, with new Redlock([${redis}]) of ioredis`,
    },
    [
      { message: 'this is done while it is held', location: javascript.locate(place) },
      { message: `a request takes it: ${path.reason}`, location: javascript.locate(use) },
      ...path.evidence,
    ],
  );
}

/** The function that runs while a lock is held which outlives the request; undefined for other calls. */
function heldDuring(program: Program, library: Library, use: Use): Placed<FunctionNode> | undefined {
  const takes = library.takes.get(lastOf(use));
  if (takes === undefined) return undefined;
  if (library.scope === 'process' && (use.receiver === undefined || !livesLong(program, use.receiver)))
    return undefined;
  if (takes === 'rest') {
    const [fn] = [...aboveOf(use)].reverse().filter(isFunction);
    return fn === undefined ? undefined : at(use, fn);
  }
  const given = argument(use, takes);
  return given === undefined ? undefined : program.javascript.functionOf(given);
}

/** One that a request makes for itself orders nobody else; a semaphore of several bounds how much runs at once. */
function livesLong(program: Program, made: Placed): boolean {
  if (made.node.type === 'NewExpression' && written(at(made, made.node.callee)).endsWith('Semaphore')) {
    const [size] = made.node.arguments;
    const value = size === undefined ? undefined : program.javascript.value(at(made, size));
    if (value?.kind !== 'int' && value?.kind !== 'float') return false;
    if (Number(value.value) !== 1) return false;
  }
  const above = aboveOf(made);
  const inside = above.filter(isFunction).at(-1);
  if (inside === undefined) return true;
  const method = above[above.indexOf(inside) - 1];
  return method?.type === 'MethodDefinition' && method.kind === 'constructor';
}

function lastOf({ steps }: Use): string {
  return steps.filter((step) => step !== '()').at(-1) ?? '';
}
