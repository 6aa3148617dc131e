import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { countOf, option, started } from '../started.js';
import { locate, type Document } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import { isInside } from '../../repository-path.js';
import { deploys } from '../deploys.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';

/**
 * https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections, the same in MariaDB.
 * One more connection is kept for an administrator, on top of these.
 */
const PRODUCT = 151;

/** https://dev.mysql.com/doc/refman/8.4/en/option-files.html: dashes count as underscores, and the last one wins. */
export function* fromDocument(document: Document): Iterable<Stated> {
  if (!deploys(document.path)) return;
  const { sections } = (document as Document<Settings>).tree;
  const limit = sections
    .filter(({ name }) => /^(?:mysqld|mysqld-\d+(?:\.\d+)?|server|mariadbd?|galera)$/.test(name))
    .flatMap(({ settings }) => settings)
    .findLast(({ key }) => key.replaceAll('-', '_').toLowerCase() === 'max_connections');
  if (limit === undefined) return;
  const location = locate(document, { start: limit.keyRange.start, end: limit.valueRange.end });
  const clients = countOf((limit.value.split('#', 1)[0] ?? '').trimEnd());
  yield state(connectionLimit, location, {
    ...{ side: 'server', clients, reserved: 0, explicit: true, setting: 'max_connections' },
  });
}

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
  } else if (isMountedWith(program, /^[ \t]*max[-_]connections\b/m)) {
    // The file says it, and is read as one.
  } else if (
    launch.mounts.some(({ containerPath }) => CONFIGURED.test(containerPath)) &&
    !isMountedWith(program, /./)
  ) {
    yield fact(unknown('could be set in a file that is mounted'), false, 'max_connections');
  } else {
    yield fact(PRODUCT, false, 'max_connections');
  }
}

const CONFIGURED = /\.cnf$|\/conf\.d(?:\/|$)|mysql\.conf\.d|mariadb\.conf\.d/;

/** Whether one of the option files that are mounted from the repository holds something. */
function isMountedWith({ launch, inventory }: Program, wanted: RegExp): boolean {
  return launch.mounts
    .filter(({ containerPath }) => CONFIGURED.test(containerPath))
    .some(({ path }) =>
      inventory.files.some(
        (file) =>
          file.path.endsWith('.cnf') && isInside(file.path, path) && wanted.test(inventory.read(file.path) ?? ''),
      ),
    );
}
