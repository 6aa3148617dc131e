import { posix } from 'node:path';

/** Joins and normalises repository paths; the root is ''. What would leave the root is cut off at it. */
export function joinPath(folder: string, path: string): string {
  const joined = posix.normalize(posix.join('/', folder, path));
  return joined.replace(/^\/+|\/+$/g, '');
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Every folder that a path stands in, the nearest first, without the root. */
export function foldersAbove(path: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) found.push(folder);
  return found;
}

/** Words in names of folders that tell nothing of what stands in them. */
export const TELLS_NOTHING =
  /^(?:docker|containers?|images?|build|deploy|deployment|prod|production|release|alpine|debian|slim|src|apps?|web|api|backend|server|services?)$/;
