import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { startOf, type Notification } from '../location.js';
import type { Inventory, SourceFile } from './inventory.js';

/** A source or configuration file that a person wrote is smaller; what is larger is data. */
export const LARGEST_FILE = 2 * 1024 * 1024;
/** A repository larger than that is looked at in part, and a notification says so. */
const MOST_FILES = 200_000;
const DEEPEST_FOLDER = 64;

/** Installed, generated or versioned-away code: never the project's own. */
const SKIPPED_FOLDERS = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'site-packages',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.eggs',
  '.terraform',
  '.next',
  '.nuxt',
  '.cache',
  '.idea',
]);

export interface WalkOptions {
  /** Globs of gitignore's syntax; where given, only matching files are listed. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * Lists the files of a folder without running git (a hostile repository can make git execute programs) and without
 * following symbolic links. `.gitignore` files count; the folders in SKIPPED_FOLDERS are never entered.
 */
export function walk(root: string, options: WalkOptions): Inventory {
  const notifications: Notification[] = [];
  const files: SourceFile[] = [];
  const include = options.include.length === 0 ? undefined : ignore().add([...options.include]);
  const exclude = options.exclude.length === 0 ? undefined : ignore().add([...options.exclude]);
  const pending: { path: string; depth: number; rules: readonly IgnoreRules[] }[] = [{ path: '', depth: 0, rules: [] }];
  let full = false;
  for (let folder = pending.pop(); folder !== undefined && !full; folder = pending.pop()) {
    const entries = list(join(root, folder.path), folder.path, notifications);
    const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
      ? ignoreRules(join(root, folder.path, '.gitignore'), folder.path)
      : undefined;
    const rules = own === undefined ? folder.rules : [...folder.rules, own];
    for (const entry of entries) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (SKIPPED_FOLDERS.has(entry.name) || isIgnored(`${path}/`, rules) || exclude?.ignores(`${path}/`) === true)
          continue;
        if (folder.depth >= DEEPEST_FOLDER)
          notifications.push({
            level: 'warning',
            message: `folders deeper than ${DEEPEST_FOLDER} levels are not looked at`,
            location: startOf(path),
          });
        else pending.push({ path, depth: folder.depth + 1, rules });
      } else if (entry.isFile()) {
        if (isIgnored(path, rules) || exclude?.ignores(path) === true || include?.ignores(path) === false) continue;
        if (files.length >= MOST_FILES) {
          full = true;
          break;
        }
        files.push({ path });
      }
    }
  }
  if (full)
    notifications.push({ level: 'warning', message: `more than ${MOST_FILES} files; the rest is not looked at` });
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return inventory(root, files, notifications);
}

function list(folder: string, path: string, notifications: Notification[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    notifications.push({
      level: 'warning',
      message: `folder cannot be read: ${codeOf(error)}`,
      location: startOf(path),
    });
    return [];
  }
}

interface IgnoreRules {
  readonly folder: string;
  readonly matcher: Ignore;
}

function ignoreRules(file: string, folder: string): IgnoreRules | undefined {
  const text = readText(file, LARGEST_FILE);
  if (typeof text !== 'string') return undefined;
  try {
    return { folder, matcher: ignore().add(text) };
  } catch {
    // A pattern that is no valid expression: git itself would not match it either.
    return undefined;
  }
}

/** The innermost `.gitignore` that speaks of a path decides, as in git. */
function isIgnored(path: string, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, matcher } of rules.toReversed()) {
    const verdict = matcher.test(folder === '' ? path : path.slice(folder.length + 1));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

function inventory(root: string, files: SourceFile[], notifications: Notification[]): Inventory {
  const paths = new Set(files.map((file) => file.path));
  const texts = new Map<string, string | undefined>();
  return {
    root,
    files,
    notifications,
    has: (path) => paths.has(path),
    read(path) {
      if (!paths.has(path)) return undefined;
      if (texts.has(path)) return texts.get(path);
      const text = readText(join(root, path), LARGEST_FILE);
      texts.set(path, typeof text === 'string' ? text : undefined);
      if (typeof text !== 'string' && text.reason !== 'binary')
        notifications.push({ level: 'warning', message: `file is left out: ${text.reason}`, location: startOf(path) });
      return typeof text === 'string' ? text : undefined;
    },
  };
}

/** Reads a regular file through one descriptor: no link is followed, no pipe is waited for, nothing beyond `limit` bytes is read. */
export function readText(file: string, limit: number): string | { readonly reason: string } {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return { reason: codeOf(error) };
  }
  try {
    const { size, isFile } = statOf(descriptor);
    if (!isFile) return { reason: 'no regular file' };
    if (size > limit) return { reason: `larger than ${limit / 1024 / 1024} MiB` };
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const read = readSync(descriptor, bytes, length, size - length, length);
      if (read === 0) break;
      length += read;
    }
    const content = bytes.subarray(0, length);
    if (content.includes(0)) return { reason: 'binary' };
    return content.toString('utf8', content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? 3 : 0);
  } catch (error) {
    return { reason: codeOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

function statOf(descriptor: number): { size: number; isFile: boolean } {
  const status = fstatSync(descriptor);
  return { size: status.size, isFile: status.isFile() };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
}
