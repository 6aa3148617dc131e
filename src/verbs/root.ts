import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { harmless } from '../harmless.js';
import { didYouMean } from '../nearest.js';
import { UsageError } from '../usage-error.js';

/** The absolute folder to look at. `verbs`: what a word that is no folder may have been meant to be. */
export function rootOf(path: string, verbs: readonly string[] = []): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UsageError(harmless(`${path}: no such folder${didYouMean(path, verbs)}`));
    }
    throw new UsageError(harmless(`${path}: cannot be read: ${code ?? 'unknown reason'}`));
  }
  if (!isFolder) throw new UsageError(harmless(`${path}: not a folder; give the folder that holds the repository`));
  return realpathSync(resolve(path));
}
