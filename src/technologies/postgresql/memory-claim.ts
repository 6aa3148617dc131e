import { memoryClaim } from '../../facts/memory-claim.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { BINARY, megabytesOf } from '../memory-size.js';
import { runningOf } from '../running.js';
import { started } from '../started.js';
import { settingsOf } from './command-line.js';
import { technology } from './index.js';

/** https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS: pages of 8 kB where no unit stands. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (launch.location === undefined || runningOf([technology], launch).length === 0) return;
  const [start] = started(program, /^(?:postgres|postmaster|docker-entrypoint\.sh)$/);
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const written = settingsOf(words).get('shared_buffers')?.replaceAll("'", '').trim();
  if (written === undefined) return;
  const pages = /^\d{1,9}$/.test(written) ? Math.round(Number(written) / 128) : undefined;
  const megabytes = pages ?? megabytesOf(written, BINARY);
  if (megabytes === undefined) return;
  const at = words.findLastIndex((word) => word.includes('shared_buffers'));
  const location = (at < 0 ? undefined : start?.placeOf(at)) ?? launch.commands[0]?.location ?? launch.location;
  yield state(memoryClaim, location, { megabytes, each: 'instance', setting: `shared_buffers = ${written}` });
}
