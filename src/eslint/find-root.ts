import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

const CONFIGURED = ['scalecard.yaml', 'scalecard.yml'];
const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);

/** Editors ask for the same folders again and again; a new root is noticed after this time. */
const REMEMBER = 5_000;
const known = new Map<string, { readonly root: string | undefined; readonly since: number }>();

/**
 * The folder to audit for a file: the nearest above it with a scalecard.yaml or a .git, else the nearest with a
 * configuration of ESLint, else the folder where ESLint was started. Undefined where the file belongs to no project: a
 * folder such as a home directory is never audited because a single file in it was opened.
 */
export function findRoot(file: string, cwd: string): string | undefined {
  const folder = dirname(file);
  const key = `${folder}\0${cwd}`;
  const remembered = known.get(key);
  const now = performance.now();
  if (remembered !== undefined && now - remembered.since < REMEMBER) return remembered.root;
  const root =
    nearest(folder, [...CONFIGURED, '.git']) ?? nearest(folder, ESLINT) ?? (isInside(cwd, file) ? cwd : undefined);
  const found = root === undefined || root === homedir() || dirname(root) === root ? undefined : root;
  known.set(key, { root: found, since: now });
  return found;
}

function nearest(from: string, names: readonly string[]): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

export function isInside(root: string, file: string): boolean {
  const path = relative(root, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`);
}
