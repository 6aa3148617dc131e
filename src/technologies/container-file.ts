import type { Program } from '../link/program.js';
import { repositoryPath } from '../link/mount.js';
import { joinPath } from '../repository-path.js';

/**
 * The file of the repository that a command names by its path in the container. A relative path starts from a folder
 * that only the image knows: the folder of the code and all that is copied or mounted are tried.
 */
export function containerFile(program: Program, path: string): string | undefined {
  const { launch, inventory } = program;
  const candidates = path.startsWith('/')
    ? [repositoryPath(launch.mounts, path)]
    : [joinPath(launch.directory, path), ...launch.mounts.map((mount) => joinPath(mount.path, path))];
  return candidates.find((candidate) => candidate !== undefined && inventory.has(candidate));
}
