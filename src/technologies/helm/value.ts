import type { Range } from '../../parse/document.js';

/**
 * A part of a text and where it comes from. `exact`: the place holds this very text, character by character; otherwise
 * all of it stands for the place.
 */
export interface Piece {
  readonly text: string;
  readonly from?: Range | undefined;
  readonly exact?: boolean;
}

export interface Dict {
  readonly kind: 'dict';
  /** Templates change maps, so this one can change. */
  readonly entries: Map<string, Value>;
  /** Where keys are written. */
  readonly places: Map<string, Range>;
  /** What an object of Helm can be asked besides. */
  readonly methods?: ReadonlyMap<string, Method>;
}

export type Method = (args: readonly Value[]) => Value;

export interface Unread {
  readonly kind: 'unread';
  /** A phrase that names what is missing. */
  readonly reason: string;
  /** It is something, whatever it is: neither empty nor zero. */
  readonly something?: true;
}

/** A value of a template. `from` leads to the place that set it. */
export type Value =
  | { readonly kind: 'nil' }
  | { readonly kind: 'flag'; readonly value: boolean; readonly from?: Range | undefined }
  | { readonly kind: 'number'; readonly value: number; readonly from?: Range | undefined }
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'method'; readonly call: Method }
  | Dict
  | Unread;

export const NIL: Value = { kind: 'nil' };

/**
 * Inside a text, something that is not known stands as the number of its reason between these two characters, which no
 * repository can write: those of the texts that come in are replaced. UNDECIDED stands for a block that nobody knows to be there.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
export const UNDECIDED = '\uE002';

export function withoutMarks(text: string): string {
  return /[\uE000-\uE002]/.test(text) ? text.replace(/[\uE000-\uE002]/g, '\uFFFD') : text;
}

export function isMarked(text: string): boolean {
  return /[\uE000-\uE002]/.test(text);
}

export function holeOf(number: number): string {
  return `${OPEN}${number}${CLOSE}`;
}

/** A text in which what is not known stands as people write it in templates. */
export function filled(text: string, reasons: readonly string[]): string {
  return text
    .replace(/\uE000(\d{1,9})\uE001/g, (_, number: string) => `{{ ${reasons[Number(number)] ?? 'not known'} }}`)
    .replace(/[\uE000-\uE002]\d{0,9}/g, '{{ not known }}');
}

export function text(written: string, from?: Range): Value {
  return { kind: 'text', pieces: written === '' ? [] : [{ text: written, from }] };
}

export function flag(value: boolean): Value {
  return { kind: 'flag', value };
}

export function numeral(value: number): Value {
  return { kind: 'number', value };
}

export function list(items: readonly Value[]): Value {
  return { kind: 'list', items };
}

export function unread(reason: string): Unread {
  return { kind: 'unread', reason };
}

export function dict(entries: Iterable<readonly [string, Value]> = []): Dict {
  return { kind: 'dict', entries: new Map(entries), places: new Map() };
}

export function plain(pieces: readonly Piece[]): string {
  return pieces.length === 1 ? (pieces[0]?.text ?? '') : pieces.map((piece) => piece.text).join('');
}

/** As Go tells what is empty; undefined where that is not known. */
export function isTrue(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'nil':
      return false;
    case 'flag':
      return value.value;
    case 'number':
      return value.value !== 0;
    case 'dict':
      return value.entries.size > 0;
    case 'list':
      return value.items.length > 0;
    case 'method':
      return true;
    case 'unread':
      return value.something;
    case 'text': {
      const written = plain(value.pieces);
      if (!isMarked(written)) return written !== '';
      // What is not known may be empty; what stands around it is not.
      return written.replace(/\uE000\d{1,9}\uE001|\uE002/g, '') === '' ? undefined : true;
    }
  }
}
