import { posix } from 'node:path';
import type { Stated } from '../../facts/fact.js';
import type { DeclaredPackage } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { runtimeOf } from '../release-lines.js';
import { FRAMEWORKS } from './releases.js';

/** What the code of a component uses, and the one that its own manifest starts. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const { packages, releases } of FRAMEWORKS) {
    for (const name of packages) {
      const declared = javascript.dependency(name);
      if (declared?.version === undefined || declared.development) continue;
      if (!javascript.imports(name) && !isOwn(program, declared)) continue;
      yield* runtimeOf(releases, declared.version, declared.location);
      break;
    }
  }
}

function isOwn({ launch }: Program, { location }: DeclaredPackage): boolean {
  const folder = posix.dirname(location.uri);
  return posix.normalize(folder) === posix.normalize(launch.directory || '.');
}
