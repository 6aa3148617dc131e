import { parameterAt, valueOf, type Lookup } from '../shell/parameter.js';

export interface Expansion {
  /** With nothing in place of what is missing. */
  readonly text: string;
  /** Variables without a value, in order. */
  readonly missing: readonly string[];
}

const DEEPEST = 20;

/** Takes the quotes off a word and puts in variables, as `docker build` does for ENV, COPY, WORKDIR, FROM and the like. */
export function expand(word: string, lookup: Lookup, escape: string, depth = 0): Expansion {
  const missing: string[] = [];
  let text = '';
  let quoted = false;
  let at = 0;
  while (at < word.length) {
    const character = word.charAt(at);
    const next = word.charAt(at + 1);
    if (character === '"') {
      quoted = !quoted;
      at++;
    } else if (character === "'" && !quoted) {
      const end = word.indexOf("'", at + 1);
      text += word.slice(at + 1, end < 0 ? undefined : end);
      at = end < 0 ? word.length : end + 1;
    } else if (character === escape && at + 1 < word.length) {
      text += quoted && next !== '"' && next !== '$' && next !== escape ? character + next : next;
      at += 2;
    } else {
      const parameter = character === '$' ? parameterAt(word, at) : undefined;
      if (parameter === undefined) {
        text += character;
        at++;
        continue;
      }
      const value = valueOf(parameter, lookup, (argument) => {
        if (depth >= DEEPEST) return undefined;
        const inner = expand(argument, lookup, escape, depth + 1);
        missing.push(...inner.missing);
        return inner.text;
      });
      if (value === undefined) missing.push(parameter.name);
      else text += value;
      at = parameter.end;
    }
  }
  return { text, missing };
}
