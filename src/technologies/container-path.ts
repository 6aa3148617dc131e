import type { Program } from '../link/program.js';
import { REPOSITORY } from '../link/value.js';

/**
 * A path as the process sees it: a path inside the repository is translated to where the container keeps that part.
 * Where no container is known it stays relative to the root of the repository.
 */
export function containerPath(program: Program, path: string): string {
  if (path !== REPOSITORY && !path.startsWith(`${REPOSITORY}/`)) return path;
  const inside = normalised(path.slice(REPOSITORY.length + 1));
  let best: { path: string; containerPath: string } | undefined;
  for (const mount of program.launch.mounts) {
    const from = normalised(mount.path);
    if (from !== '' && inside !== from && !inside.startsWith(`${from}/`)) continue;
    // Of equally near ones the last counts: a bind mount covers what the image copied.
    if (best === undefined || from.length >= best.path.length)
      best = { path: from, containerPath: mount.containerPath };
  }
  if (best === undefined) return inside;
  const rest = best.path === '' ? inside : inside.slice(best.path.length + 1);
  const root = best.containerPath.replace(/\/+$/, '');
  return rest === '' ? root || '/' : `${root}/${rest}`;
}

function normalised(path: string): string {
  return path
    .replace(/^(\.\/)+/, '')
    .replace(/^\.$/, '')
    .replace(/\/+$/, '');
}
