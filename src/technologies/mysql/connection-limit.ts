import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { countOf, option, started } from '../started.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';

/**
 * https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections, the same in MariaDB.
 * One more connection is kept for an administrator, on top of these.
 */
const PRODUCT = 151;

export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  const { location } = launch;
  if (location === undefined || runningOf([technology], launch).length === 0) return;
  const [start] = started(program, /^(?:mysqld|mysqld_safe|mariadbd|docker-entrypoint\.sh)$/);
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const told = option(words, ['--max_connections']) ?? option(words, ['--max-connections']);
  const variable = launch.environment.get('MYSQL_MAX_CONNECTIONS');
  const fact = (clients: Maybe<number>, explicit: boolean, setting: string, place = location): Stated =>
    state(connectionLimit, place, { side: 'server', clients, reserved: 0, explicit, setting });

  if (told !== undefined) {
    yield fact(countOf(told), true, 'max_connections', start?.location ?? launch.commands[0]?.location);
  } else if (variable !== undefined) {
    const value = isUnknown(variable.value) ? unknown<number>(variable.value.unknown) : countOf(variable.value);
    yield fact(value, true, 'MYSQL_MAX_CONNECTIONS', variable.location);
  } else if (launch.mounts.some(({ containerPath }) => /\.cnf$|\/conf\.d(?:\/|$)|mysql\.conf\.d/.test(containerPath))) {
    yield fact(unknown('could be set in a file that is mounted'), false, 'max_connections');
  } else {
    yield fact(PRODUCT, false, 'max_connections');
  }
}
