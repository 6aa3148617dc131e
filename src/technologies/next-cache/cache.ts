import { posix } from 'node:path';
import { cache } from '../../facts/cache.js';
import { state, type Scope, type Stated } from '../../facts/fact.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { callsNamed } from '../javascript-calls.js';
import { isInside } from '../../repository-path.js';

/** Platforms that keep the data cache for all instances. */
const PLATFORMS = /(?:^|\/)(?:vercel|netlify|now)\.(?:json|toml)$|open-next|(?:^|\/)amplify\.yml$/;

/**
 * What Next.js keeps of data and pages: in memory and on the disk of each instance, unless next.config names a handler
 * (https://nextjs.org/docs/app/guides/self-hosting#configuring-caching). An instance that is told to forget forgets alone.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript, launch } = program;
  if (!isSelfHosted(program) || (launch.location !== undefined && PLATFORMS.test(launch.location.uri))) return;
  if (program.inventory.files.some(({ path }) => PLATFORMS.test(path) && isInside(path, launch.directory))) return;
  const kept = keptAnything(program);
  if (kept === undefined) return;
  const drop = [
    ...callsNamed(program, 'revalidateTag'),
    ...callsNamed(program, 'updateTag'),
    ...callsNamed(program, 'revalidatePath'),
  ][0];
  const { store, scope } = handlerOf(program);
  yield state(
    cache,
    javascript.locate(kept),
    {
      name: 'data of Next.js',
      store,
      scope,
      purpose: 'general',
      upkeep: drop === undefined ? 'left-alone' : 'invalidated',
      explicit: scope !== 'process',
      setting: 'cacheHandler of next.config',
      remedy: "cacheHandler: require.resolve('./cache-handler.js') over Redis, with cacheMaxMemorySize: 0",
    },
    drop === undefined
      ? []
      : [{ message: 'entries are removed here, in this process only', location: javascript.locate(drop) }],
  );
}

/** Somebody builds an image of it, or starts it. */
function isSelfHosted({ launch, inventory }: Program): boolean {
  return launch.location !== undefined || inventory.has(posix.join(launch.directory || '.', 'Dockerfile'));
}

/** The first place that asks for data to be kept; pages that are only rendered anew keep none. */
function keptAnything(program: Program): Placed | undefined {
  for (const name of ['unstable_cache', 'cacheTag', 'cacheLife', 'unstable_cacheTag', 'unstable_cacheLife']) {
    const [call] = callsNamed(program, name);
    if (call !== undefined) return call;
  }
  return callsNamed(program, 'fetch').find(({ module, node }) => {
    const options = node.arguments[1];
    if (options === undefined || !module.document.text.includes('next:')) return false;
    const next = program.javascript.option({ module, node: options }, 'next');
    return next !== undefined && next !== 'absent';
  });
}

function handlerOf(program: Program): { store: Maybe<string>; scope: Maybe<Scope> } {
  const memory = { store: 'the memory and the disk of the instance', scope: 'process' } as const;
  const config = ['js', 'mjs', 'cjs', 'ts', 'mts']
    .map((ending) => posix.join(program.launch.directory || '.', `next.config.${ending}`))
    .find((path) => program.inventory.has(path));
  const text = config === undefined ? undefined : program.inventory.read(config);
  if (text === undefined || !/^[ \t]{0,40}cacheHandlers?\s{0,4}:/m.test(text)) return memory;
  const reason = 'what the cache handler of next.config keeps entries in is not known';
  const shared = program.inventory.files.some(
    ({ path }) =>
      /cache-?handlers?[^/]*\.[cm]?[jt]s$/i.test(path) &&
      isInside(path, program.launch.directory) &&
      /redis|valkey|ioredis|memcached|dynamodb/i.test(program.inventory.read(path) ?? ''),
  );
  return shared
    ? { store: 'Redis', scope: 'cluster' }
    : { store: unknown(reason), scope: unknown<Scope>(reason, ['process', 'cluster']) };
}
