import type { Stated } from '../../facts/fact.js';
import { newestAllowed } from '../../link/constraint.js';
import type { Program } from '../../link/program.js';
import { runtimeOf } from '../release-lines.js';
import { DJANGO } from './releases.js';
import { settingsOf } from './settings.js';

/** What a manifest pins, or the newest that it lets pip install. A manifest that allows all versions says nothing. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  const declared = program.dependencies.filter((one) => one.name === 'django' && one.constraint !== undefined);
  const one = declared.find(({ development }) => !development) ?? declared[0];
  if (one?.constraint === undefined) return;
  const lines = DJANGO.lines.map(({ line }) => line);
  const pinned = /^==\s*(\d+\.\d+)/.exec(one.constraint)?.[1];
  const version = newestAllowed(one.constraint, lines) ?? pinned;
  if (version !== undefined) yield* runtimeOf(DJANGO, version, one.location);
}
