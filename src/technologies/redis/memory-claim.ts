import { memoryClaim } from '../../facts/memory-claim.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { megabytesOf } from '../memory-size.js';
import { option, started } from '../started.js';
import { settingsOf } from './settings.js';

const MEGABYTE = 1024 * 1024;

/** `1k` is 1,000 bytes and `1kb` is 1,024, as redis.conf says of itself. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1e3],
  ['kb', 1024],
  ['m', 1e6],
  ['mb', MEGABYTE],
  ['g', 1e9],
  ['gb', 1024 * MEGABYTE],
]);

export function* fromProgram(program: Program): Iterable<Stated> {
  if (program.launch.location === undefined) return;
  yield* ofMemcached(program);
  const said = settingsOf(program)?.says.get('maxmemory');
  const megabytes = said === undefined ? undefined : megabytesOf(said.value, UNITS);
  // Without a limit of its own it takes what it needs.
  if (said === undefined || megabytes === undefined || megabytes === 0) return;
  yield state(memoryClaim, said.location, { megabytes, each: 'instance', setting: `maxmemory ${said.value}` });
}

/** https://docs.memcached.org/serverguide/configuring/: `-m 64`, in megabytes, beside what its hash table and connections take. */
function* ofMemcached(program: Program): Iterable<Stated> {
  const { launch } = program;
  const [start] = started(program, /^memcached$/);
  const isImage = /(?:^|\/)memcached(?:$|[:@])/.test(launch.image ?? '');
  const words = start?.args ?? (isImage ? launch.commands.flatMap((command) => command.words) : []);
  const written = option(words, ['-m', '--memory-limit']);
  if (written === undefined || !/^\d{1,7}$/.test(written)) return;
  const location = start?.location ?? launch.commands[0]?.location ?? launch.location;
  if (location !== undefined)
    yield state(memoryClaim, location, { megabytes: Number(written), each: 'instance', setting: `-m ${written}` });
}
