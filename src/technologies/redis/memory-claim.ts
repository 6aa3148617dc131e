import { memoryClaim } from '../../facts/memory-claim.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { megabytesOf } from '../memory-size.js';
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
  const said = settingsOf(program)?.says.get('maxmemory');
  const megabytes = said === undefined ? undefined : megabytesOf(said.value, UNITS);
  // Without a limit of its own it takes what it needs.
  if (said === undefined || megabytes === undefined || megabytes === 0) return;
  yield state(memoryClaim, said.location, { megabytes, each: 'instance', setting: `maxmemory ${said.value}` });
}
