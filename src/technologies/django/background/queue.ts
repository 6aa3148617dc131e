import type { Scope } from '../../../facts/fact.js';
import type { Evidence, Location, Maybe } from '../../../location.js';
import type { QueueLibrary } from './leavers.js';

/** A queue that the settings describe, before anybody looked who leaves work in it. */
export interface Queue {
  readonly name: string;
  readonly library: QueueLibrary;
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly runs: Maybe<'later' | 'at-once'>;
  readonly setting: string;
  readonly location: Location;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}
