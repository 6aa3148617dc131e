import { numberOf, piecesOf, printf, stringOf, type Tools } from '../formatted.js';
import { flag, isMarked, list, NIL, numeral, plain, text, unread, type Piece, type Value } from '../value.js';
import type { Functions, GoFunction } from './functions.js';

/** Longer repetitions are an attack or an accident. */
const LONGEST = 1_000_000;

/** A function of a text that what is not known in it does not disturb. The text comes last. */
function changed(change: (written: string, args: readonly Value[], tools: Tools) => string): GoFunction {
  return (args, tools) => {
    const last = args.at(-1);
    const pieces = last === undefined ? [] : piecesOf(last, tools);
    const written = plain(pieces);
    const result = change(written, args.slice(0, -1), tools);
    return result === written
      ? { kind: 'text', pieces }
      : text(result, pieces.find((one) => one.from !== undefined)?.from);
  };
}

/** A question about a text that is not answered where part of the text is not known. */
function asked(answer: (texts: readonly string[]) => Value): GoFunction {
  return (args, tools) => {
    const texts = args.map((arg) => stringOf(arg, tools));
    return texts.some(isMarked) ? unread('depends on a text that is not known') : answer(texts);
  };
}

/** Lines moved to the right, each part of them where it came from. */
function indented(pieces: readonly Piece[], width: number): Piece[] {
  const margin = ' '.repeat(Math.max(0, Math.min(width, 200)));
  const result: Piece[] = [{ text: margin }];
  for (const piece of pieces) {
    if (!piece.text.includes('\n')) {
      result.push(piece);
      continue;
    }
    let offset = 0;
    for (const line of piece.text.split(/(?<=\n)/)) {
      const from =
        piece.exact === true && piece.from !== undefined ? part(piece.from, offset, line.length) : piece.from;
      result.push({ text: line, from, exact: piece.exact === true });
      if (line.endsWith('\n')) result.push({ text: margin });
      offset += line.length;
    }
  }
  return result;
}

function part(from: NonNullable<Piece['from']>, offset: number, length: number): NonNullable<Piece['from']> {
  return { ...from, start: from.start + offset, end: from.start + offset + length };
}

const quoted =
  (mark: string): GoFunction =>
  (args, tools) => {
    const pieces = args
      .filter((arg) => arg.kind !== 'nil')
      .flatMap((arg, i): Piece[] => {
        const inner = piecesOf(arg, tools);
        const written = plain(inner);
        const escaped = mark === '"' ? JSON.stringify(written).slice(1, -1) : written;
        const body = escaped === written ? inner : [{ text: escaped, from: inner.find((one) => one.from)?.from }];
        return [...(i > 0 ? [{ text: ' ' }] : []), { text: mark }, ...body, { text: mark }];
      });
    return { kind: 'text', pieces };
  };

const indent: GoFunction = ([width, value], tools) => ({
  kind: 'text',
  pieces: value === undefined ? [] : indented(piecesOf(value, tools), numberOf(width)),
});

/** Blanks at the ends; parts in between stay where they came from. */
const trim: GoFunction = ([value], tools) => {
  const pieces = [...(value === undefined ? [] : piecesOf(value, tools))];
  while (pieces[0]?.text.trim() === '') pieces.shift();
  while (pieces.at(-1)?.text.trim() === '') pieces.pop();
  const [first] = pieces;
  if (first !== undefined) pieces[0] = cut(first, first.text.length - first.text.trimStart().length, first.text.length);
  const last = pieces.at(-1);
  if (last !== undefined) pieces[pieces.length - 1] = cut(last, 0, last.text.trimEnd().length);
  return { kind: 'text', pieces };
};

export function cut(piece: Piece, start: number, end: number): Piece {
  const from = piece.exact === true && piece.from !== undefined ? part(piece.from, start, end - start) : piece.from;
  return { ...piece, text: piece.text.slice(start, end), from };
}

const separated =
  (separator: string): GoFunction =>
  (args, tools) => ({
    kind: 'text',
    pieces: args.flatMap((arg, i) => [
      ...(i > 0 && separator !== '' ? [{ text: separator }] : []),
      ...piecesOf(arg, tools),
    ]),
  });

const split: GoFunction = ([separator, value], tools) => {
  const written = value === undefined ? '' : stringOf(value, tools);
  const parts = written.split(separator === undefined ? '' : stringOf(separator, tools));
  return list(parts.map((one) => text(one)));
};

const trimmedEnd = (written: string, end: string): string =>
  end !== '' && written.endsWith(end) ? written.slice(0, -end.length) : written;

export const functions: Functions = new Map<string, GoFunction>([
  ['print', separated('')],
  ['println', separated(' ')],
  ['cat', separated(' ')],
  ['printf', printf],
  ['quote', quoted('"')],
  ['squote', quoted("'")],
  ['indent', indent],
  [
    'nindent',
    (args, tools) => {
      const inner = indent(args, tools);
      return { kind: 'text', pieces: [{ text: '\n' }, ...(inner.kind === 'text' ? inner.pieces : [])] };
    },
  ],
  ['trim', trim],
  [
    'toString',
    ([value = NIL], tools) => (value.kind === 'nil' ? text('<nil>') : { kind: 'text', pieces: piecesOf(value, tools) }),
  ],
  ['upper', changed((written) => (isMarked(written) ? written : written.toUpperCase()))],
  ['lower', changed((written) => written.toLowerCase())],
  ['title', changed((written) => written.replace(/(?<![^\s-])[a-z]/g, (letter) => letter.toUpperCase()))],
  ['untitle', changed((written) => written.replace(/(?<!\S)[A-Z]/g, (letter) => letter.toLowerCase()))],
  ['nospace', changed((written) => written.replace(/\s/g, ''))],
  [
    'trimSuffix',
    changed((written, [end], tools) => trimmedEnd(written, end === undefined ? '' : stringOf(end, tools))),
  ],
  [
    'trimPrefix',
    changed((written, [start], tools) => {
      const begin = start === undefined ? '' : stringOf(start, tools);
      return written.startsWith(begin) ? written.slice(begin.length) : written;
    }),
  ],
  [
    'trimAll',
    changed((written, [set], tools) => {
      const letters = new Set(set === undefined ? '' : stringOf(set, tools));
      let [start, end] = [0, written.length];
      while (start < end && letters.has(written.charAt(start))) start++;
      while (end > start && letters.has(written.charAt(end - 1))) end--;
      return written.slice(start, end);
    }),
  ],
  [
    'trunc',
    changed((written, [length]) => {
      const count = numberOf(length);
      return count < 0 ? written.slice(count) : written.slice(0, count);
    }),
  ],
  [
    'substr',
    changed((written, [start, end]) => {
      const until = numberOf(end);
      return written.slice(Math.max(0, numberOf(start)), until < 0 ? undefined : until);
    }),
  ],
  [
    'replace',
    changed((written, [old, fresh], tools) => {
      const before = old === undefined ? '' : stringOf(old, tools);
      const after = fresh === undefined ? '' : stringOf(fresh, tools);
      if (before === '') return written;
      const parts = written.split(before);
      tools.take(parts.length * after.length);
      return parts.join(after);
    }),
  ],
  [
    'repeat',
    changed((written, [count], tools) => {
      const times = Math.max(0, numberOf(count));
      tools.take(times * written.length > LONGEST ? Infinity : 0);
      return written.repeat(times);
    }),
  ],
  [
    'kebabcase',
    changed((written) =>
      written
        .replace(/([a-z\d])([A-Z])/g, '$1-$2')
        .replace(/[_\s]/g, '-')
        .toLowerCase(),
    ),
  ],
  [
    'snakecase',
    changed((written) =>
      written
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .replace(/[-\s]/g, '_')
        .toLowerCase(),
    ),
  ],
  [
    'camelcase',
    changed((written) => written.replace(/(?:^|[-_\s])([a-z])/g, (_, letter: string) => letter.toUpperCase())),
  ],
  ['contains', asked(([part = '', whole = '']) => flag(whole.includes(part)))],
  ['hasPrefix', asked(([part = '', whole = '']) => flag(whole.startsWith(part)))],
  ['hasSuffix', asked(([part = '', whole = '']) => flag(whole.endsWith(part)))],
  ['splitList', split],
  ['b64enc', asked(([written = '']) => text(Buffer.from(written).toString('base64')))],
  [
    'b64dec',
    asked(([written = '']) =>
      text(
        Buffer.from(written, 'base64')
          .toString('utf8')
          .replace(/[\uE000-\uE002]/g, ''),
      ),
    ),
  ],
  ['atoi', ([value]) => numeral(Math.trunc(numberOf(value)))],
  ['plural', ([one, many, count]) => (numberOf(count) === 1 ? one : many) ?? text('')],
  [
    'join',
    ([separator, value], tools) => {
      const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
      const between = separator === undefined ? '' : stringOf(separator, tools);
      return separated(between)(
        items.filter((item) => item.kind !== 'nil'),
        tools,
      );
    },
  ],
]);
