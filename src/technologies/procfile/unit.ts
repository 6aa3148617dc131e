import { folderOf, joinPath } from '../../repository-path.js';

/** The unit of a process or an add-on; all files of a folder speak of the same. */
export function unitOf(path: string, name: string): string {
  return joinPath('process', `${folderOf(path)}/${name}`);
}

/** What runs once for each release, before the others start. */
export function isJob(type: string): boolean {
  return type === 'release' || type === 'postdeploy';
}
