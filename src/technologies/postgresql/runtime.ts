import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { runtimeOf } from '../release-lines.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';
import { POSTGRESQL } from './releases.js';

/** `postgres:13-alpine`, `postgis:13-3.4`, `timescaledb:2.14-pg15`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined || runningOf([technology], program.launch).length === 0) return;
  const version =
    /(?:^|[-_.])pg-?(\d+(?:\.\d+)*)/.exec(base.tag)?.[1] ??
    // Others number their images by themselves.
    (/(?:^|\/)(?:postgres|postgresql|postgis)$/.test(base.name) ? /^v?(\d+(?:\.\d+)*)/.exec(base.tag)?.[1] : undefined);
  if (version !== undefined) yield* runtimeOf(POSTGRESQL, version, base.location);
}
