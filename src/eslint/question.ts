import { createHash } from 'node:crypto';
import type { Region } from '../location.js';

/** What the thread of ESLint asks the thread that audits. Plain data: it crosses between them. */
export type Question =
  | {
      readonly ask: 'results';
      /** Absolute path of the project. */
      readonly root: string;
      /** The file that is linted, relative to the root, and its text, which may not be saved yet. */
      readonly path: string;
      readonly text: string;
      /** A run that ends soon: what the disk holds is looked at once. */
      readonly once: boolean;
    }
  | {
      /** A text that changes when the results in the files of a language change. */
      readonly ask: 'digest';
      readonly root: string;
      readonly language: string;
    };

/** A result as ESLint can show it: in one file, with everything in its message. */
export interface Told {
  readonly ruleId: string;
  readonly message: string;
  readonly region: Region;
  /** `open`: could not be decided. */
  readonly level: 'error' | 'warning' | 'note' | 'open';
}

/** All results of a project, for when many files are linted one after the other. */
export interface Table {
  readonly results: ReadonlyMap<string, readonly Told[]>;
  /** The digests of the texts that the results were found in. What has none here changes no result. */
  readonly texts: ReadonlyMap<string, string>;
  /** The disk is looked at again from then on, in milliseconds of Date.now(). */
  readonly until: number;
}

export interface Answer {
  readonly results: readonly Told[];
  /** What keeps the audit from answering: a mistake in scalecard.yaml, or a failure of our own. */
  readonly trouble: readonly string[];
  readonly table?: Table;
  readonly digest?: string;
  /** The thread ends after this answer. */
  readonly ended?: boolean;
}

export function textDigest(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
