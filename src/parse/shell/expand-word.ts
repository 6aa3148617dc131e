import { parameterAt, valueOf, type Lookup, type Parameter } from './parameter.js';
import { skipUnit } from './tokens.js';

/** What words are expanded with. */
export interface Surroundings {
  readonly lookup: Lookup;
  /** `$1` and so on; undefined where they are not known. */
  readonly positional: readonly string[] | undefined;
}

export interface ExpandedWord {
  /** None, one or several: an unquoted variable is split at blanks, `"$@"` is as many words as there are. */
  readonly words: readonly string[];
  /** False where something stayed as it is written: `$X` without a value, `$(command)`. */
  readonly known: boolean;
}

interface Building {
  readonly raw: string;
  readonly surroundings: Surroundings | undefined;
  readonly depth: number;
  readonly words: string[];
  current: string | undefined;
  known: boolean;
}

/** Where the elements of an array are kept among the variables, and what stands between them: a shell has no such character. */
export const arrayKey = (name: string): string => `${name}[@]`;
export const BETWEEN = '\0';

/** Defaults inside defaults beyond this stay as they are written. */
const DEEPEST = 20;

/** Takes the quotes off a word and puts in values. Without surroundings only the quotes go and every `$` stays. */
export function expandWord(raw: string, surroundings: Surroundings | undefined, depth = 0): ExpandedWord {
  const building: Building = { raw, surroundings, depth, words: [], current: undefined, known: true };
  let quoted = false;
  let at = 0;
  while (at < raw.length) {
    const character = raw.charAt(at);
    if (character === '"') {
      quoted = !quoted;
      // "$@" without arguments is no word at all, "" is an empty one.
      if (!/^"\$(?:@|\{@\}|\{[A-Za-z_]\w*\[@\]\})"$/.test(raw)) add(building, '');
      at++;
    } else if (character === "'" && !quoted) at = literal(building, at);
    else if (character === '\\') at = escape(building, at, quoted);
    else if (character === '$') at = parameter(building, at, quoted);
    else if (character === '`') at = keep(building, at, skipUnit(raw, at, 0));
    else {
      add(building, character);
      at++;
    }
  }
  if (building.current !== undefined) building.words.push(building.current);
  return { words: building.words, known: building.known };
}

function add(building: Building, text: string): void {
  building.current = (building.current ?? '') + text;
}

function endWord(building: Building): void {
  if (building.current !== undefined) building.words.push(building.current);
  building.current = undefined;
}

function keep(building: Building, at: number, end: number): number {
  building.known = false;
  add(building, building.raw.slice(at, end));
  return end;
}

function literal(building: Building, at: number): number {
  const end = skipUnit(building.raw, at, 0);
  const closed = end > at + 1 && building.raw.charAt(end - 1) === "'";
  add(building, building.raw.slice(at + 1, closed ? end - 1 : end));
  return end;
}

function escape(building: Building, at: number, quoted: boolean): number {
  const next = building.raw.charAt(at + 1);
  if (next === '\r' && building.raw.charAt(at + 2) === '\n') return at + 3;
  if (next !== '\n') add(building, quoted && !/["\\$`]/.test(next) ? `\\${next}` : next);
  return at + 2;
}

function parameter(building: Building, at: number, quoted: boolean): number {
  const { raw, surroundings } = building;
  // $'…' is a quoted string with escapes, which hardly matter for words.
  if (raw.charAt(at + 1) === "'" && !quoted) return at + 1;
  const found = surroundings === undefined ? undefined : parameterAt(raw, at);
  if (found === undefined || surroundings === undefined) return keep(building, at, skipUnit(raw, at, 0));
  const all = allArguments(found, surroundings);
  if (all !== undefined) {
    if (!quoted || !isJoined(found)) severalWords(building, all, quoted);
    else add(building, all.join(' '));
    return found.end;
  }
  const value = valueOf(found, lookupIn(surroundings), (argument) =>
    expandText(argument, surroundings, building.depth),
  );
  if (value === undefined) return keep(building, at, found.end);
  if (quoted) add(building, value);
  else severalWords(building, value.split(/[ \t\n]+/), false);
  return found.end;
}

/** `"$*"` and `"${ARGS[*]}"` are one word. */
function isJoined({ name, argument }: Parameter): boolean {
  return name === '*' || `${name}${argument}`.endsWith('[*]');
}

/** `$@`, `$*`, `${@:2}` */
function allArguments(
  { name, operator, argument }: Parameter,
  { positional, lookup }: Surroundings,
): readonly string[] | undefined {
  // `${ARGS[@]}`
  if (operator === 'other' && /^[A-Za-z_]\w*\[[@*]\]$/.test(name + argument)) {
    const elements = lookup(arrayKey((name + argument).slice(0, -3)));
    return typeof elements !== 'string' ? undefined : elements === '' ? [] : elements.split(BETWEEN);
  }
  if ((name !== '@' && name !== '*') || positional === undefined) return undefined;
  if (operator === '') return positional;
  return operator === ':' && /^[1-9]\d?$/.test(argument) ? positional.slice(Number(argument) - 1) : undefined;
}

/** The first joins what stands before, the last what follows. Empty ones count only where they are quoted. */
function severalWords(building: Building, values: readonly string[], quoted: boolean): void {
  values.forEach((value, index) => {
    if (index > 0) endWord(building);
    if (value !== '' || quoted) add(building, value);
  });
}

/** The value of a text in which words are not told apart: a default, an assignment. */
export function expandText(raw: string, surroundings: Surroundings, depth = 0): string | undefined {
  if (depth >= DEEPEST) return undefined;
  const { words, known } = expandWord(`"${raw.replace(/"/g, '')}"`, surroundings, depth + 1);
  return known ? (words[0] ?? '') : undefined;
}

function lookupIn({ lookup, positional }: Surroundings): Lookup {
  return (name) => {
    if (!/^[0-9#@*?!-]/.test(name)) return lookup(name);
    if (positional === undefined || !/^[0-9#]/.test(name)) return null;
    return name === '#' ? String(positional.length) : name === '0' ? null : (positional[Number(name) - 1] ?? '');
  };
}
