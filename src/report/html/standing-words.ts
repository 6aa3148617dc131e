import { isUnknown } from '../../location.js';
import type { Station } from '../../model/model.js';

/** A word and a sign for each standing, so that nobody depends on a colour. `kind` is its class in the style sheet. */
export interface StandingWords {
  readonly kind: 'broken' | 'blocking' | 'tolerated' | 'fits' | 'open' | 'none';
  readonly sign: string;
  readonly words: string;
}

export function standingWords(standing: Station['standing'], of?: Station['kind']): StandingWords {
  if (standing === null) return { kind: 'none', sign: '', words: '' };
  if (isUnknown(standing)) return { kind: 'open', sign: '?', words: 'could not be decided' };
  const words: Record<typeof standing, StandingWords> = {
    broken: { kind: 'broken', sign: '✗', words: 'broken today' },
    blocking: { kind: 'blocking', sign: '▲', words: 'cannot grow' },
    tolerated: { kind: 'tolerated', sign: '●', words: 'one by choice' },
    fits: { kind: 'fits', sign: '✓', words: of === 'state' ? 'wide enough' : 'no state stops it' },
  };
  return words[standing];
}
