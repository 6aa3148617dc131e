import type { Stated } from '../../facts/fact.js';
import { newestAllowed } from '../../link/constraint.js';
import type { Dependency, Program } from '../../link/program.js';
import { folderOf } from '../../repository-path.js';
import { runtimeOf, type ReleaseLines } from '../release-lines.js';
import { sureAppsOf } from './apps.js';
import { DJANGO } from './releases.js';
import { settingsOf } from './settings.js';
import { WAGTAIL } from './wagtail-releases.js';

/** What a manifest pins, or the newest that it lets pip install. A manifest that allows all versions says nothing. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  yield* declared(program, 'django', DJANGO);
  // A manifest of another component may declare it, so the settings must say that it runs here.
  if (sureAppsOf(program).some(({ name }) => name === 'wagtail')) yield* declared(program, 'wagtail', WAGTAIL);
}

function* declared(program: Program, name: string, releases: ReleaseLines): Iterable<Stated> {
  const all = program.dependencies.filter((one) => one.name === name && one.constraint !== undefined);
  const first = all.find(({ development }) => !development) ?? all[0];
  const one = first === undefined ? undefined : installedOf(first, all);
  if (one?.constraint === undefined) return;
  const lines = releases.lines.map(({ line }) => line);
  const pinned = /^==\s*(\d+\.\d+)/.exec(one.constraint)?.[1];
  const version = newestAllowed(one.constraint, lines) ?? pinned;
  if (version !== undefined) yield* runtimeOf(releases, version, one.location);
}

/** Of what stands beside each other, the file that is installed: `requirements.txt` was made of `requirements.in`, a lock file of ranges. */
function installedOf(first: Dependency, all: readonly Dependency[]): Dependency {
  const folder = folderOf(first.location.uri);
  const beside = all.filter(
    (one) => one.development === first.development && folderOf(one.location.uri) === folder && isPinned(one),
  );
  const isSource = first.location.uri.endsWith('.in') || !isPinned(first);
  return isSource ? (beside.find(({ location }) => !location.uri.endsWith('.in')) ?? first) : first;
}

function isPinned({ constraint = '' }: Dependency): boolean {
  return /^==\s*\d+\.\d+/.test(constraint);
}
