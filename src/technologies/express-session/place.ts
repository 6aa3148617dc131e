import type { Scope } from '../../facts/fact.js';
import type { Evidence, Maybe } from '../../location.js';

/** Where sessions are, as far as the expression of a store tells. */
export interface StorePlace {
  readonly store: Maybe<string>;
  readonly keeper: Maybe<'own' | 'database'>;
  readonly scope: Maybe<Scope>;
  readonly path?: Maybe<string> | undefined;
  readonly evidence: readonly Evidence[];
}

export const IN_MEMORY: StorePlace = {
  store: 'the memory of the process (MemoryStore)',
  keeper: 'own',
  scope: 'process',
  evidence: [],
};
