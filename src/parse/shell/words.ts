import { expandWord } from './expand-word.js';
import { tokens } from './tokens.js';

/** Splits a command line into words as no shell would run it: quotes go, `$` and operators stay as they are written. */
export function words(line: string): string[] {
  return tokens(line)
    .filter((token) => token.type !== 'newline')
    .flatMap((token) => (token.type === 'word' ? expandWord(token.raw, undefined).words : [token.raw]));
}
