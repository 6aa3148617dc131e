import type { Requirement } from './requirement.js';

/** A declaration with the offset at which it stands. */
export interface Declaration {
  readonly requirement: Requirement;
  readonly development: boolean;
  readonly offset: number;
}
