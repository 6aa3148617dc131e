import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { option, countOf, started } from '../started.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';
import { settingsOf } from './settings.js';

/** https://redis.io/docs/latest/develop/reference/clients/#maximum-concurrent-connected-clients */
const REDIS = 10_000;
/** https://docs.memcached.org/serverguide/configuring/: `-c 1024` */
const MEMCACHED = 1_024;

export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (launch.location === undefined) return;
  const common = { side: 'server', reserved: 0 } as const;
  const settings = settingsOf(program);
  if (settings !== undefined) {
    const said = settings.says.get('maxclients');
    if (said === undefined && settings.open) return;
    const location = said?.location ?? settings.start?.location ?? launch.location;
    const clients = said === undefined ? REDIS : countOf(said.value);
    yield state(connectionLimit, location, { ...common, clients, explicit: said !== undefined, setting: 'maxclients' });
    return;
  }
  const [start] = started(program, /^memcached$/);
  if (!/(?:^|\/)memcached(?:$|[:@])/.test(launch.image ?? '') && start === undefined) return;
  if (runningOf([technology], launch).length === 0) return;
  // Without a program of its own a command is the options of the image's: `command: -m 256 -c 2048`.
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const written = option(words, ['-c', '--conn-limit']);
  yield state(connectionLimit, start?.location ?? launch.commands[0]?.location ?? launch.location, {
    ...common,
    clients: written === undefined ? MEMCACHED : countOf(written),
    explicit: written !== undefined,
    setting: '-c',
  });
}
