import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { lineOfTag, runtimeOf } from '../release-lines.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';
import { MARIADB, MYSQL } from './releases.js';

/** `mysql:8.0`, `mariadb:10.6.4-focal`; Percona's have dates of their own. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined || runningOf([technology], program.launch).length === 0) return;
  const releases = /(?:^|\/)mysql(?:-server)?$/.test(base.name)
    ? MYSQL
    : /(?:^|\/)mariadb(?:-galera)?$/.test(base.name)
      ? MARIADB
      : undefined;
  const line = releases === undefined ? undefined : lineOfTag(releases, base.tag);
  if (releases !== undefined && line !== undefined) yield* runtimeOf(releases, line, base.location);
}
