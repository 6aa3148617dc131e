import type { Location } from '../location.js';
import type { Launch } from './program.js';

/** How the deployment starts a component, before its entry scripts were read. */
export interface Start extends Omit<Launch, 'component' | 'commands' | 'image' | 'location'> {
  readonly image: string | undefined;
  readonly location: Location | undefined;
  readonly workingDirectory: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Where the command is written. */
  readonly place: Location | undefined;
}
