import type { Range } from '../../parse/document.js';
import { plain, type Piece, type Value } from './value.js';

/** Deeper than anything that is applied to a cluster. */
const DEEPEST = 100;

/** Words and numbers that mean something else than themselves where no quotes stand around them. */
const SPECIAL =
  /^(?:true|false|yes|no|on|off|y|n|null|~|[-+]?(?:[\d_]+\.?[\d_]*(?:e[-+]?\d+)?|\.\d+|\.inf)|\.nan|0[xob][\da-f]+|\d[\d:.]*|\d{4}-\d\d.*|)$/i;
const SAFE = /^[\w/.$\uE000-\uE002](?:[\w$./@%+(){}=,;*!?<>~^\uE000-\uE002-]| (?=[^\s#])|:(?=[^\s]))*$/;

/** What Go's `yaml.Marshal` writes: keys in order of the alphabet, blocks, lists as deep as their keys. */
export function toYaml(value: Value, hole: (reason: string) => string): Piece[] {
  const pieces: Piece[] = [];
  write(pieces, value, hole, 0, 0);
  return pieces;
}

type Hole = (reason: string) => string;

function write(pieces: Piece[], value: Value, hole: Hole, indent: number, depth: number): void {
  const push = (text: string, from?: Range): void => void pieces.push({ text, from });
  const margin = ' '.repeat(indent);
  if (value.kind === 'dict' && value.entries.size > 0 && depth < DEEPEST) {
    const entries = [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1));
    entries.forEach(([key, inner], i) => {
      if (i > 0) push(`\n${margin}`);
      push(scalar(key), value.places.get(key));
      push(':');
      const isBlock =
        (inner.kind === 'dict' && inner.entries.size > 0) || (inner.kind === 'list' && inner.items.length > 0);
      if (!isBlock) push(' ');
      else push(`\n${' '.repeat(inner.kind === 'dict' ? indent + 2 : indent)}`);
      write(pieces, inner, hole, inner.kind === 'list' ? indent : indent + 2, depth + 1);
    });
    return;
  }
  if (value.kind === 'list' && value.items.length > 0 && depth < DEEPEST) {
    value.items.forEach((item, i) => {
      push(i > 0 ? `\n${margin}- ` : '- ');
      write(pieces, item, hole, indent + 2, depth + 1);
    });
    return;
  }
  writeScalar(pieces, value, hole, indent);
}

function writeScalar(pieces: Piece[], value: Value, hole: Hole, indent: number): void {
  switch (value.kind) {
    case 'dict':
      pieces.push({ text: '{}' });
      return;
    case 'list':
      pieces.push({ text: '[]' });
      return;
    case 'flag':
    case 'number':
      pieces.push({ text: String(value.value), from: value.from });
      return;
    case 'text': {
      const written = plain(value.pieces);
      const [first] = value.pieces;
      if (written.includes('\n') && /^\S/.test(written) && !/[^\S\n]\n/.test(written)) {
        // The lines of a block; `|-` without a line end after the last of them, `|+` with several.
        const keep = written.endsWith('\n\n') ? '+' : written.endsWith('\n') ? '' : '-';
        const body = written.replace(/\n$/, '').replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);
        pieces.push({ text: `|${keep}\n${' '.repeat(indent)}${body}`, from: first?.from });
      } else if (value.pieces.length === 1 && scalar(written) === written) pieces.push(...value.pieces);
      else pieces.push({ text: scalar(written), from: first?.from });
      return;
    }
    case 'unread':
      pieces.push({ text: hole(value.reason) });
      return;
    default:
      pieces.push({ text: 'null' });
  }
}

function scalar(written: string): string {
  if (SPECIAL.test(written)) return JSON.stringify(written);
  if (SAFE.test(written)) return written;
  // Quotes inside stay as they are, which counts where the text is a template itself.
  return /[\p{Cc}\u2028\u2029]/u.test(written) ? JSON.stringify(written) : `'${written.replaceAll("'", "''")}'`;
}
