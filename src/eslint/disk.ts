import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../configuration.js';
import type { Inventory } from '../discover/inventory.js';
import { LARGEST_FILE, readText, walk } from '../discover/walk.js';
import { textDigest } from './question.js';

/** In an editor a lint follows each keystroke: how often the disk may be asked again. */
const LIST_AGAIN = 3_000;
const LOOK_AGAIN = 1_000;
/** Listing a large repository takes long; it may take this share of the time. */
const LISTING_SHARE = 0.05;
/** An editor that closed a file without saving does not say so. */
const FORGET_UNSAVED = 600_000;

interface Kept {
  readonly stamp: string;
  readonly text: string | undefined;
  digest?: string;
}

interface Unsaved {
  readonly text: string;
  /** What stood on the disk when it was written; once that changes, the disk counts again. */
  readonly stamp: string;
  readonly since: number;
}

/** The files of a project, remembered between audits, under the texts of an editor that are not saved yet. */
export interface Disk {
  /** Looks whether anything has changed that the last inventory gave out. `once`: only the first time. */
  refresh(configuration: Configuration, once: boolean): boolean;
  /** Lays the text of a linted file over the disk; whether that changes what the last inventory gave out. */
  lay(path: string, text: string): boolean;
  /** The paths of the last listing. */
  paths(): Iterable<string>;
  /** What an audit reads from; what it is asked for is watched from then on. */
  inventory(): Inventory;
  /** The digests of all texts that the last inventory gave out. */
  digests(): ReadonlyMap<string, string>;
  /** When the disk is to be looked at again, in milliseconds of Date.now(). */
  nextLook(once: boolean): number;
  /** Files that are not read through the inventory, but count. */
  watch(paths: Iterable<string>): void;
}

export function openDisk(root: string): Disk {
  const texts = new Map<string, Kept>();
  const unsaved = new Map<string, Unsaved>();
  let listed: Inventory | undefined;
  let paths = new Set<string>();
  let watched = new Set<string>();
  let listedAt = 0;
  let listingTook = 0;
  let lookedAt = 0;

  const keep = (path: string): Kept => {
    let kept = texts.get(path);
    if (kept === undefined) {
      // The stamp first: a file that changes in between is looked at once more, not once too seldom.
      const stamp = stampOf(join(root, path));
      const text = stamp === '' ? undefined : readText(join(root, path), LARGEST_FILE);
      texts.set(path, (kept = { stamp, text: typeof text === 'string' ? text : undefined }));
    }
    return kept;
  };
  const textOf = (path: string): string | undefined => unsaved.get(path)?.text ?? keep(path).text;

  const list = (configuration: Configuration): boolean => {
    const since = performance.now();
    const before = listed?.files;
    listed = walk(root, configuration);
    listedAt = performance.now();
    listingTook = listedAt - since;
    const files = listed.files;
    if (before?.length === files.length && before.every(({ path }, i) => path === files[i]?.path)) return false;
    paths = new Set(files.map(({ path }) => path));
    return true;
  };

  /** What has changed on the disk among the files that the audit has seen. */
  const look = (): boolean => {
    lookedAt = performance.now();
    let changed = false;
    for (const [path, { stamp, text, since }] of unsaved)
      if (stampOf(join(root, path)) !== stamp || lookedAt - since > FORGET_UNSAVED) {
        unsaved.delete(path);
        texts.delete(path);
        if (watched.has(path) && keep(path).text !== text) changed = true;
      }
    for (const [path, { stamp, text }] of texts) {
      if (stampOf(join(root, path)) === stamp) continue;
      texts.delete(path);
      if (watched.has(path) && !unsaved.has(path) && keep(path).text !== text) changed = true;
    }
    return changed;
  };

  return {
    refresh(configuration, once) {
      if (listed === undefined) return list(configuration);
      if (once) return false;
      const now = performance.now();
      const isOld = now - listedAt > Math.max(LIST_AGAIN, listingTook / LISTING_SHARE);
      const isListed = isOld && list(configuration);
      return (now - lookedAt > LOOK_AGAIN && look()) || isListed;
    },
    lay(path, text) {
      // Nobody has asked for it since the files were listed, so nobody will because of what it says.
      if (paths.has(path) && watched.size > 0 && !watched.has(path)) return false;
      // A file that exists and is not listed is ignored.
      if (!paths.has(path) && existsSync(join(root, path))) return false;
      const before = textOf(path);
      if (keep(path).text === text) unsaved.delete(path);
      else unsaved.set(path, { text, stamp: keep(path).stamp, since: performance.now() });
      return before !== text;
    },
    paths: () => paths,
    inventory() {
      const { files, notifications } = listed ?? walk(root, { include: [], exclude: [] });
      const added = [...unsaved.keys()].filter((path) => !paths.has(path)).map((path) => ({ path }));
      watched = new Set();
      const has = (path: string): boolean => paths.has(path) || unsaved.has(path);
      return {
        root,
        files: added.length === 0 ? files : [...files, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)),
        notifications: [...notifications],
        has,
        read(path) {
          if (!has(path)) return undefined;
          watched.add(path);
          return textOf(path);
        },
      };
    },
    digests() {
      const found = new Map<string, string>();
      for (const path of watched) {
        const kept = keep(path);
        const text = unsaved.get(path)?.text;
        found.set(path, text === undefined ? (kept.digest ??= textDigest(kept.text ?? '')) : textDigest(text));
      }
      return found;
    },
    nextLook: (once) => (once ? Infinity : Date.now() + LOOK_AGAIN - (performance.now() - lookedAt)),
    watch(more) {
      for (const path of more) {
        watched.add(path);
        keep(path);
      }
      for (const path of texts.keys()) if (!watched.has(path)) texts.delete(path);
    },
  };
}

/** Changes when a file does; empty where there is none. */
export function stampOf(file: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  return status === undefined ? '' : `${status.mtimeMs}:${status.size}:${status.ino}`;
}
