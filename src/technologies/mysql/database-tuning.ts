import { databaseTuning } from '../../facts/database-tuning.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { isInside } from '../../repository-path.js';
import { imageTagOf } from '../image-tag.js';
import { runningOf } from '../running.js';
import { started } from '../started.js';
import { technology } from './index.js';

const OPTION_FILES = /\.cnf$|\/conf\.d(?:\/|$)|mysql\.conf\.d|mariadb\.conf\.d/;
const SETTING = /innodb[-_]buffer[-_]pool[-_]size|innodb[-_]dedicated[-_]server/;

/** https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_buffer_pool_size, the same in MariaDB. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (launch.location === undefined || runningOf([technology], launch).length === 0) return;
  const [start] = started(program, /^(?:mysqld|mysqld_safe|mariadbd|docker-entrypoint\.sh)$/);
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const image = imageTagOf(program)?.name ?? launch.image ?? '';
  yield state(databaseTuning, launch.location, {
    product: image.includes('maria') ? 'MariaDB' : 'MySQL',
    tuned: tunedOf(program, words),
    setting: 'innodb_buffer_pool_size = 128MB',
    remedy:
      launch.memory === undefined || launch.memory < 256
        ? '--innodb-buffer-pool-size=2G (half to three quarters of a machine of 4 GB)'
        : `--innodb-buffer-pool-size=${Math.floor(launch.memory / 2)}M (half of the ${launch.memory} MB that it may take)`,
  });
}

function tunedOf({ launch, inventory }: Program, words: readonly string[]): Maybe<boolean> {
  if (words.some((word) => SETTING.test(word))) return true;
  const mounted = launch.mounts.filter(({ containerPath }) => OPTION_FILES.test(containerPath));
  if (mounted.length === 0) return false;
  const files = inventory.files.filter(
    ({ path }) => path.endsWith('.cnf') && mounted.some((mount) => isInside(path, mount.path)),
  );
  if (files.length === 0) return unknown('a file that is mounted may set innodb_buffer_pool_size');
  return files.some(({ path }) => SETTING.test(inventory.read(path) ?? ''));
}
