import type { Scope } from '../../facts/fact.js';
import { choice, SCOPES } from '../../facts/fact.js';
import { derived, type Derivation } from '../derivation.js';

/** `makePart` hands every component its target: its own, or that of the whole configuration. */
export const target: Derivation<'target'> = {
  name: 'target',
  property: choice(SCOPES, 'What it is meant to reach one day.'),
  derive: ({ configuration }) => derived<Scope>(configuration.target ?? 'cluster'),
};
