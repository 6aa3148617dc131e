import { cache } from '../../facts/cache.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { argument, at, givenName, written } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { useOf } from './cache-use.js';
import { LIBRARIES, type Kept } from './libraries.js';
import { nestCaches } from './nest.js';
import { responseCaches } from './responses.js';

/** Caches that the code makes and uses. One whose use cannot be followed at all is left out: nothing is known of its purpose. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const library of LIBRARIES) {
    if (!javascript.imports(library.package)) continue;
    const all = javascript.uses(library.package);
    for (const made of all) {
      if (made.receiver !== undefined || !library.makes.test(lastOf(made))) continue;
      // One inside of a function ends with it.
      const uses = all.filter((use) => use.receiver?.node === made.node);
      if (uses.length === 0) continue;
      yield stated(program, made, uses, library.keptBy(program, made), { readsThrough: library.memoises === true });
    }
  }
  yield* wholePackages(program);
  yield* nestCaches(program);
  yield* responseCaches(program);
}

/** `memory-cache` and `apicache` are one cache for the whole program. */
function* wholePackages(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const name of ['memory-cache', 'apicache']) {
    if (!javascript.imports(name)) continue;
    const uses = javascript
      .uses(name)
      .filter((use) => use.receiver === undefined && !/^(?:Cache|options|new)$/.test(lastOf(use)));
    const [first] = uses;
    if (first === undefined) continue;
    const shared =
      name === 'apicache' && javascript.uses(name).some((use) => lastOf(use) === 'options' && hasClient(program, use));
    const kept: Kept = shared
      ? { store: 'Redis', scope: 'cluster', explicit: true }
      : { store: 'the memory of the process', scope: 'process', explicit: false };
    yield stated(program, first, uses, kept, { name });
  }
}

function hasClient(program: Program, use: Use): boolean {
  const options = argument(use, 0);
  const client = options === undefined ? 'absent' : program.javascript.option(options, 'redisClient');
  return client !== 'absent';
}

function stated(
  program: Program,
  made: Use,
  uses: readonly Use[],
  { store, scope, explicit }: Kept,
  said: { name?: string; readsThrough?: boolean } = {},
): Stated {
  const name = said.name ?? (givenName(made) || made.package);
  const { purpose, upkeep, evidence } = useOf(program, name, uses, said.readsThrough);
  const { package: client, made: expression } = redisClientOf(program);
  const set = client === 'ioredis' ? "client.set(key, value, 'EX', 60)" : 'client.set(key, value, { EX: 60 })';
  return state(
    cache,
    program.javascript.locate(made),
    {
      name,
      store,
      scope,
      purpose,
      upkeep,
      explicit,
      setting: written(at(made, made.node.callee)),
      remedy: `await ${set}, with client = ${expression} of ${client}`,
    },
    evidence,
  );
}

function lastOf({ steps }: Use): string {
  return steps.filter((step) => step !== 'new' && step !== '()').at(-1) ?? '';
}
