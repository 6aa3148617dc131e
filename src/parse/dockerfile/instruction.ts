import type { Range } from '../document.js';

/** A word as it is written, quotes included, continuation lines joined. */
export interface DockerfileWord extends Range {
  readonly text: string;
}

export interface Flag extends Range {
  /** `from` of `--from=build`. */
  readonly name: string;
  readonly value: string;
}

export interface Instruction extends Range {
  /** In capitals. That of the inner instruction where `onbuild` is set. */
  readonly keyword: string;
  /** Runs only when another image is built from this one. */
  readonly onbuild: boolean;
  readonly flags: readonly Flag[];
  /** What follows keyword and flags, continuation lines joined and comments between them dropped. */
  readonly text: string;
  /** `text` split at blanks outside of quotes. */
  readonly words: readonly DockerfileWord[];
  /** The strings of the form `["a", "b"]`; undefined where it is written otherwise. */
  readonly json: readonly DockerfileWord[] | undefined;
}

export interface DockerfileTree {
  readonly instructions: readonly Instruction[];
  /** The character that continues lines: a backslash, or a backquote on Windows. */
  readonly escape: string;
}
