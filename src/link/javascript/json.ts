import type { Range } from '../../parse/document.js';

export type Json = Readonly<Record<string, unknown>>;

/** An object of a JSON text, with comments and trailing commas as tsconfig.json has them; undefined where it is none. */
export function readJson(text: string): Json | undefined {
  for (const candidate of [text, ''])
    try {
      const plain: unknown = JSON.parse(candidate === '' ? withoutComments(text) : candidate);
      return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as Json) : undefined;
    } catch {
      // Tried once more without comments.
    }
  return undefined;
}

export function memberOf(json: unknown, ...keys: readonly string[]): unknown {
  let value = json;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Json)[key];
  }
  return value;
}

export function textIn(json: unknown, ...keys: readonly string[]): string | undefined {
  const value = memberOf(json, ...keys);
  return typeof value === 'string' ? value : undefined;
}

export function textsIn(value: unknown): readonly string[] {
  return typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((one): one is string => typeof one === 'string')
      : [];
}

export function pairsIn(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function withoutComments(text: string): string {
  let plain = '';
  for (let at = 0; at < text.length;) {
    const character = text[at];
    let end = at + 1;
    if (character === '"') {
      end = endOfString(text, at);
      plain += text.slice(at, end);
    } else if (character === '/' && text[at + 1] === '/') {
      end = text.indexOf('\n', at);
    } else if (character === '/' && text[at + 1] === '*') {
      end = text.indexOf('*/', at);
      if (end >= 0) end += 2;
    } else if (character === '}' || character === ']') plain = `${plain.trimEnd().replace(/,$/, '')}${character}`;
    else plain += character ?? '';
    at = end < 0 ? text.length : end;
  }
  return plain;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Where the value of a key stands in the text of a JSON object: quotes included. */
export function placeIn(text: string, keys: readonly string[]): Range | undefined {
  let depth = 0;
  let matched = 0;
  let key: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '{' || character === '[') {
      depth++;
      key = undefined;
    } else if (character === '}' || character === ']') {
      depth--;
      if (depth < matched + 1 && matched > 0) return undefined;
    } else if (character === ',') key = undefined;
    else if (character === '"') {
      const end = endOfString(text, at);
      const colon = skipBlanks(text, end);
      if (key === undefined && text[colon] === ':') {
        key = text.slice(at + 1, end - 1);
        if (depth === matched + 1 && key === keys[matched]) {
          const start = skipBlanks(text, colon + 1);
          matched++;
          if (matched === keys.length) return { start, end: endOfValue(text, start) };
          if (text[start] !== '{') return undefined;
        }
        at = colon;
      } else at = end - 1;
    }
  }
  return undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  let at = start;
  while (at < text.length && !/[,}\]\n]/.test(text[at] ?? '')) at++;
  return at;
}
