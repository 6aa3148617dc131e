import type { Stated } from '../../facts/fact.js';
import { newestAllowed } from '../../link/constraint.js';
import type { Program } from '../../link/program.js';
import { runtimeOf, type ReleaseLines } from '../release-lines.js';
import { sureAppsOf } from './apps.js';
import { installedRequirement } from './installed-requirement.js';
import { DJANGO } from './releases.js';
import { settingsOf } from './settings.js';
import { WAGTAIL } from './wagtail-releases.js';

/** What a manifest pins or its lock file fixes, or the newest that pip may install. A manifest that allows all versions says nothing. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  yield* declared(program, 'django', DJANGO);
  // A manifest of another component may declare it, so the settings must say that it runs here.
  if (sureAppsOf(program).some(({ name }) => name === 'wagtail')) yield* declared(program, 'wagtail', WAGTAIL);
}

function* declared(program: Program, name: string, releases: ReleaseLines): Iterable<Stated> {
  const one = installedRequirement(program, name);
  if (one?.constraint === undefined) return;
  const lines = releases.lines.map(({ line }) => line);
  const pinned = /^==\s*(\d+\.\d+)/.exec(one.constraint)?.[1];
  const version = newestAllowed(one.constraint, lines) ?? pinned;
  if (version === undefined) return;
  const evidence =
    one.lockedAt === undefined
      ? []
      : [{ message: 'it is asked for here, in more than one version', location: one.location }];
  yield* runtimeOf(releases, version, one.lockedAt ?? one.location, evidence);
}
