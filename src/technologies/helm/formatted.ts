import type { Range } from '../../parse/document.js';
import { numeral, plain, type Piece, type Value } from './value.js';

/** What functions of templates are given besides their arguments. */
export interface Tools {
  /** The text that stands for something that is not known. */
  readonly hole: (reason: string) => string;
  /** Ends the rendering where more is made than anybody writes. */
  readonly take: (size: number) => void;
  readonly include: (name: Value, dot: Value) => Value;
  readonly tpl: (template: Value, dot: Value) => Value;
}

/** Deeper than values that people write. */
const DEEPEST = 100;

/** As `fmt.Sprint` writes a value; nothing for nil. */
export function piecesOf(value: Value, tools: Tools): readonly Piece[] {
  switch (value.kind) {
    case 'nil':
      return [];
    case 'text':
      return value.pieces;
    case 'flag':
    case 'number':
      return [{ text: String(value.value), from: value.from }];
    case 'unread':
      return [{ text: tools.hole(value.reason) }];
    default: {
      const written = sprint(value, tools, 0);
      tools.take(written.length);
      return [{ text: written }];
    }
  }
}

function sprint(value: Value, tools: Tools, depth: number): string {
  if (depth > DEEPEST) return '...';
  if (value.kind === 'list') return `[${value.items.map((item) => sprint(item, tools, depth + 1)).join(' ')}]`;
  if (value.kind !== 'dict') return value.kind === 'method' ? '' : plain(piecesOf(value, tools));
  const entries = [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, one]) => `${key}:${sprint(one, tools, depth + 1)}`).join(' ')}]`;
}

export function stringOf(value: Value, tools: Tools): string {
  return plain(piecesOf(value, tools));
}

export function numberOf(value: Value | undefined): number {
  if (value === undefined) return 0;
  if (value.kind === 'number') return value.value;
  if (value.kind === 'flag') return value.value ? 1 : 0;
  const written = value.kind === 'text' ? plain(value.pieces).trim() : '';
  return /^[-+]?\d{1,20}(?:\.\d{1,20})?$/.test(written) ? Number(written) : 0;
}

/** The first place that a value has. */
export function originOf(value: Value): Range | undefined {
  if (value.kind === 'flag' || value.kind === 'number') return value.from;
  return value.kind === 'text' ? value.pieces.find((piece) => piece.from !== undefined)?.from : undefined;
}

/** What was computed leads back to the first of the values that it was computed of. */
export function withOrigin(value: Value, args: readonly Value[]): Value {
  if ((value.kind !== 'flag' && value.kind !== 'number' && value.kind !== 'text') || originOf(value) !== undefined)
    return value;
  const from = args.map(originOf).find((one) => one !== undefined);
  if (from === undefined) return value;
  return value.kind === 'text'
    ? { ...value, pieces: value.pieces.map((piece) => ({ ...piece, from })) }
    : { ...value, from };
}

/** The verbs of `printf` that charts use; a width is left out, since nothing that counts depends on it. */
export function printf(args: readonly Value[], tools: Tools): Value {
  const [format, ...rest] = args;
  const written = format === undefined ? '' : stringOf(format, tools);
  const pieces: Piece[] = [];
  let next = 0;
  let at = 0;
  for (const match of written.matchAll(/%([-+ #0]{0,5}\d{0,4}(?:\.\d{1,4})?)([a-zA-Z%])/g)) {
    if (match.index > at) pieces.push({ text: written.slice(at, match.index) });
    at = match.index + match[0].length;
    const verb = match[2];
    if (verb === '%') {
      pieces.push({ text: '%' });
      continue;
    }
    const value = rest[next++];
    if (value === undefined) continue;
    if (verb === 'q') pieces.push({ text: '"' }, ...piecesOf(value, tools), { text: '"' });
    else if (verb === 'd') pieces.push(...piecesOf(value.kind === 'text' ? numeral(numberOf(value)) : value, tools));
    else if (verb === 'T') pieces.push({ text: value.kind });
    else pieces.push(...piecesOf(value, tools));
  }
  pieces.push({ text: written.slice(at) });
  return { kind: 'text', pieces: pieces.filter((piece) => piece.text !== '') };
}
