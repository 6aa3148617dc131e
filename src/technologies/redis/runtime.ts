import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { lineOfTag, runtimeOf } from '../release-lines.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';
import { REDIS, VALKEY } from './releases.js';

/** `redis:7.2-alpine`, `valkey/valkey:8`; Redis Stack and the others number their images by themselves. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined || runningOf([technology], program.launch).length === 0) return;
  const releases = /(?:^|\/)redis$/.test(base.name) ? REDIS : /(?:^|\/)valkey$/.test(base.name) ? VALKEY : undefined;
  const line = releases === undefined ? undefined : lineOfTag(releases, base.tag);
  if (releases !== undefined && line !== undefined) yield* runtimeOf(releases, line, base.location);
}
