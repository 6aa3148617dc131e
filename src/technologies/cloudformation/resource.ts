import type { Location } from '../../location.js';
import type { Audience } from '../audience.js';
import type { Data } from '../evaluated.js';

/** A resource of a template, with what its properties come to. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly head: Location;
  /** Unique in the repository. */
  readonly unit: string;
  readonly audience: Audience;
  readonly get: (...path: readonly string[]) => Data | undefined;
  readonly template: Template;
}

export interface Template {
  readonly path: string;
  readonly resources: readonly Resource[];
  readonly outputs: ReadonlyMap<string, Data>;
  /** What `Globals` of SAM say of functions. */
  readonly globals: Data | undefined;
}
