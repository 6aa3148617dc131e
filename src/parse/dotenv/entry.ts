import type { Range } from '../document.js';

export interface DotenvEntry {
  readonly name: string;
  readonly nameRange: Range;
  /** Without quotes; `\n` and the like in double quotes resolved, `${X}` as it is written. */
  readonly value: string;
  readonly valueRange: Range;
  /** `${X}` counts except in single quotes. */
  readonly quotes: 'none' | 'single' | 'double';
}

export interface DotenvTree {
  readonly entries: readonly DotenvEntry[];
}
