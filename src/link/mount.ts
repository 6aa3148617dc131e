import { joinPath } from '../repository-path.js';

/** A folder or file of the repository as a container sees it. */
export interface Mount {
  readonly containerPath: string;
  /** Relative to the root. */
  readonly path: string;
}

/** Translates a path of the container into one of the repository: the longest mount that holds it counts. */
export function repositoryPath(mounts: readonly Mount[], containerPath: string): string | undefined {
  const path = trimmed(containerPath);
  let best: Mount | undefined;
  for (const mount of mounts) {
    const target = trimmed(mount.containerPath);
    const holds = path === target || path.startsWith(`${target}/`);
    if (holds && (best === undefined || target.length > trimmed(best.containerPath).length)) best = mount;
  }
  return best === undefined ? undefined : joinPath(best.path, path.slice(trimmed(best.containerPath).length));
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}
