import type { Tools } from '../formatted.js';
import type { Value } from '../value.js';

/** What a function gives for arguments that are all known; those that can do with unknown ones are named in `BRAVE`. */
export type GoFunction = (args: readonly Value[], tools: Tools) => Value;
export type Functions = ReadonlyMap<string, GoFunction>;
