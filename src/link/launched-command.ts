import type { Evidence, Location } from '../location.js';

/** A command that a component runs in the end. */
export interface LaunchedCommand {
  readonly words: readonly string[];
  readonly location: Location;
  /** Of each word, where they stand apart from each other. */
  readonly places?: readonly Location[];
  /** The folder that it runs in, relative to the root, where that is not the one of the launch. */
  readonly directory?: string;
  /** It runs beside others, and none of them is there for another. */
  readonly beside?: true;
  /** Where a script starts it and waits for it to end: then the shell of the script gets the signals, and hands none on. */
  readonly waitedFor?: Location;
  /** How it came to be run, outermost first, where a script of package.json holds it. */
  readonly from?: readonly Evidence[];
}
