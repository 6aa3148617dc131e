import { posix } from 'node:path';
import type { Program } from '../link/program.js';
import { REPOSITORY } from '../link/value.js';
import { containerPath } from './container-path.js';

/** A path as the process sees it: a relative one begins where the process is started, which is the folder of the code. */
export function launchedPath(program: Program, path: string): string {
  const whole = path.startsWith('/') ? path : posix.join(REPOSITORY, program.launch.directory, path);
  const seen = containerPath(program, whole);
  if (seen.startsWith('/') || !whole.startsWith(`${REPOSITORY}/`)) return seen;
  const root = rootOf(program);
  return root === undefined ? seen : posix.join(root, seen);
}

/** Where the container keeps the root, told by a part of it that the image keeps under the same name: `COPY src ./src`. */
function rootOf({ launch }: Program): string | undefined {
  for (const { path, containerPath: kept } of launch.mounts) {
    const inside = path.replace(/^(?:\.\/)+|\/+$/g, '');
    const there = kept.replace(/\/+$/, '');
    if (inside !== '' && there.endsWith(`/${inside}`)) return there.slice(0, -inside.length);
  }
  return undefined;
}
