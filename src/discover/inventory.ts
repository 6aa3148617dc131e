import type { Notification } from '../location.js';

export interface SourceFile {
  /** Relative to the root, `/`-separated. */
  readonly path: string;
}

/** The output of `discover`: which files there are, and the only door through which anything reads them. */
export interface Inventory {
  /** Absolute path of the audited folder. */
  readonly root: string;
  /** Sorted by path. Ignored, vendored and generated files are left out; symbolic links are never followed. */
  readonly files: readonly SourceFile[];
  /** Whether the audited folder holds this file. */
  has(path: string): boolean;
  /** The text of a file of `files`, a byte-order mark removed; undefined where it is absent, too large or binary. Kept in memory. */
  read(path: string): string | undefined;
  /** Grows while files are read. */
  readonly notifications: Notification[];
}
