import { expandWord, type Surroundings } from './expand-word.js';
import type { RawWord } from './script.js';

/** A longer test is not decided. */
const MOST_WORDS = 50;

/**
 * What `[ … ]`, `[[ … ]]` or `test …` decides; undefined where that cannot be told. A variable that nothing sets
 * counts as empty, as it would when the script runs; one that is set to something unknown decides nothing.
 */
export function testOutcome(words: readonly RawWord[], surroundings: Surroundings): boolean | undefined {
  const lookup = (name: string): string | null | undefined =>
    surroundings.lookup(name) ?? (surroundings.lookup(name) === null ? null : '');
  if (words.length > MOST_WORDS) return undefined;
  const values: string[] = [];
  for (const { raw } of words.slice(1)) {
    const expanded = expandWord(raw, { ...surroundings, lookup });
    if (!expanded.known) return undefined;
    const [first, second] = expanded.words;
    if (second !== undefined) return undefined;
    // An unquoted empty variable is no word; in a test it is meant as an empty one.
    values.push(first ?? '');
  }
  const last = values.at(-1);
  if (last === ']' || last === ']]') values.pop();
  return decide(values);
}

function decide(values: readonly string[]): boolean | undefined {
  const [first = '', second = '', third = ''] = values;
  if (first === '!' && values.length > 1) {
    const inner = decide(values.slice(1));
    return inner === undefined ? undefined : !inner;
  }
  for (const [operator, all] of [
    ['-o', false],
    ['||', false],
    ['-a', true],
    ['&&', true],
  ] as const) {
    const at = values.indexOf(operator);
    if (at > 0) return combine(decide(values.slice(0, at)), decide(values.slice(at + 1)), all);
  }
  if (values.length === 0) return false;
  if (values.length === 1) return first !== '';
  if (values.length === 2) return first === '-z' ? second === '' : first === '-n' ? second !== '' : undefined;
  return values.length === 3 ? compare(first, second, third) : undefined;
}

function combine(left: boolean | undefined, right: boolean | undefined, all: boolean): boolean | undefined {
  if (left === !all || right === !all) return !all;
  return left === undefined || right === undefined ? undefined : all;
}

function compare(left: string, operator: string, right: string): boolean | undefined {
  switch (operator) {
    case '=':
    case '==':
      return matches(left, right);
    case '!=': {
      const equal = matches(left, right);
      return equal === undefined ? undefined : !equal;
    }
    case '-eq':
      return Number(left) === Number(right);
    case '-ne':
      return Number(left) !== Number(right);
    case '-gt':
      return Number(left) > Number(right);
    case '-ge':
      return Number(left) >= Number(right);
    case '-lt':
      return Number(left) < Number(right);
    case '-le':
      return Number(left) <= Number(right);
    default:
      return undefined;
  }
}

/** Whether a text matches a pattern of `case` or `[[ == ]]`; undefined for classes and the like. */
export function matches(text: string, pattern: string): boolean | undefined {
  if (!/[*?[]/.test(pattern)) return text === pattern;
  if (pattern === '*') return true;
  if (/[?[]/.test(pattern)) return undefined;
  const parts = pattern.split('*');
  const [front = '', back = ''] = [parts[0], parts.at(-1)];
  if (text.length < front.length + back.length || !text.startsWith(front) || !text.endsWith(back)) return false;
  let at = front.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - back.length;
}
