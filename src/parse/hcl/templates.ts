import { skip, take, takeName, trouble, type Reader } from './reader.js';
import type { HclExpression, HclPart } from './tree.js';

/** Templates nest no deeper than this. */
const MOST_NESTED = 30;

/** From behind the opening quote to behind the closing one. */
export function quoted(reader: Reader, start: number): HclExpression {
  const parts = partsUntil(reader, (text, offset) => (text.charAt(offset) === '"' ? 1 : undefined), true);
  if (!take(reader, '"')) trouble(reader, 'the quote is never closed', start);
  return template(parts, start, reader.offset);
}

/** A text of its own that is a template, such as a file that `templatefile` reads. */
export function wholeTemplate(reader: Reader): HclExpression {
  const parts = partsUntil(reader, () => undefined, false);
  return template(parts, 0, reader.offset);
}

const HEREDOC = /<<(-?)([\p{L}_][\p{L}\p{N}_-]{0,200})[ \t\r]{0,100}\n/uy;

/** `<<WORD`, `<<-WORD`: lines up to the one that holds the word alone. */
export function heredoc(reader: Reader, start: number): HclExpression | undefined {
  HEREDOC.lastIndex = start;
  const [head = '', dash = '', word = ''] = HEREDOC.exec(reader.text) ?? [];
  if (head === '') return undefined;
  const bodyStart = start + head.length;
  const [bodyEnd, end] = endOfHeredoc(reader.text, bodyStart, word);
  if (bodyEnd === undefined) trouble(reader, `the text is never ended by ${word}`, start);
  const stop = bodyEnd ?? reader.text.length;
  const inner: Reader = { ...reader, text: reader.text.slice(0, stop), offset: bodyStart };
  const parts = partsUntil(inner, () => undefined, false);
  reader.offset = end ?? reader.text.length;
  return template(dash === '-' ? dedented(parts) : parts, start, reader.offset);
}

function endOfHeredoc(text: string, from: number, word: string): [number, number] | [undefined, undefined] {
  for (let line = from; line < text.length;) {
    const next = text.indexOf('\n', line);
    const end = next < 0 ? text.length : next;
    if (text.slice(line, end).trim() === word) return [line, end];
    if (next < 0) break;
    line = next + 1;
  }
  return [undefined, undefined];
}

function template(parts: readonly HclPart[], start: number, end: number): HclExpression {
  const [first] = parts;
  if (first === undefined) return { kind: 'literal', value: '', start, end };
  if (parts.length === 1 && first.kind === 'text') return { kind: 'literal', value: first.text, start, end };
  return { kind: 'template', parts, start, end };
}

/** What can begin or end nothing. */
const PLAIN = /[^$%\\"\n]+/y;

interface Level {
  readonly parts: HclPart[];
  readonly open: Extract<HclPart, { kind: 'if' | 'for' }> | undefined;
}

/** `ends` tells how a template ends at an offset; a quoted one has escapes and ends with its line at the latest. */
function partsUntil(
  reader: Reader,
  ends: (text: string, offset: number) => number | undefined,
  isQuoted: boolean,
): HclPart[] {
  const { text } = reader;
  const whole: HclPart[] = [];
  const levels: Level[] = [{ parts: whole, open: undefined }];
  let plain = '';
  const target = (): HclPart[] => levels.at(-1)?.parts ?? whole;
  const flush = (): void => {
    if (plain !== '') target().push({ kind: 'text', text: plain });
    plain = '';
  };
  while (reader.offset < text.length && ends(text, reader.offset) === undefined) {
    const char = text.charAt(reader.offset);
    const next = text.charAt(reader.offset + 1);
    if (isQuoted && char === '\n') break;
    if ((char === '$' || char === '%') && next === char && text.charAt(reader.offset + 2) === '{') {
      plain += `${char}{`;
      reader.offset += 3;
    } else if (char === '$' && next === '{') {
      flush();
      const before = target().at(-1);
      reader.offset += 2;
      if (take(reader, '~') && before?.kind === 'text') {
        target().splice(-1, 1, { kind: 'text', text: before.text.trimEnd() });
      }
      target().push({ kind: 'value', value: reader.expression(reader, true) });
      closeTag(reader);
    } else if (char === '%' && next === '{') {
      flush();
      reader.offset += 2;
      directive(reader, levels, whole);
    } else if (isQuoted && char === '\\') {
      plain += escaped(reader);
    } else {
      PLAIN.lastIndex = reader.offset;
      const [run = char] = PLAIN.exec(text) ?? [];
      plain += run;
      reader.offset += run.length;
    }
  }
  flush();
  return whole;
}

/** Up to the brace that ends `${ }` and `%{ }`; `~` takes away the blanks behind it. */
function closeTag(reader: Reader): void {
  skip(reader, true);
  const trims = take(reader, '~');
  if (!take(reader, '}')) {
    trouble(reader, 'the interpolation is never closed');
    const line = reader.text.indexOf('\n', reader.offset);
    const end = line < 0 ? reader.text.length : line;
    const found = reader.text.slice(reader.offset, end).indexOf('}');
    reader.offset = found < 0 ? end : reader.offset + found + 1;
  }
  if (trims) while (/\s/.test(reader.text.charAt(reader.offset))) reader.offset++;
}

function directive(reader: Reader, levels: Level[], whole: HclPart[]): void {
  const start = reader.offset;
  take(reader, '~');
  skip(reader, true);
  const word = takeName(reader);
  const parent = levels.at(-1)?.parts ?? whole;
  const open = levels.at(-1)?.open;
  skip(reader, true);
  if ((word === 'if' || word === 'for') && levels.length < MOST_NESTED) {
    const inner: HclPart[] = [];
    const opened = word === 'if' ? ifOf(reader, inner) : forOf(reader, inner);
    parent.push(opened);
    levels.push({ parts: inner, open: opened });
  } else if (word === 'else' && open?.kind === 'if') {
    levels.pop();
    // The list was made together with its directive and belongs to nobody else.
    levels.push({ parts: open.otherwise as HclPart[], open });
  } else if ((word === 'endif' && open?.kind === 'if') || (word === 'endfor' && open?.kind === 'for')) levels.pop();
  else trouble(reader, 'the directive has no meaning here', start);
  closeTag(reader);
}

function ifOf(reader: Reader, then: HclPart[]): Extract<HclPart, { kind: 'if' }> {
  return { kind: 'if', condition: reader.expression(reader, true), then, otherwise: [] };
}

function forOf(reader: Reader, each: HclPart[]): Extract<HclPart, { kind: 'for' }> {
  const first = takeName(reader) ?? '';
  skip(reader, true);
  let second: string | undefined;
  if (take(reader, ',')) {
    skip(reader, true);
    second = takeName(reader) ?? '';
    skip(reader, true);
  }
  if (takeName(reader) !== 'in') trouble(reader, '"in" is missing');
  const of = reader.expression(reader, true);
  return { kind: 'for', key: second === undefined ? undefined : first, name: second ?? first, of, each };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const CODE = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;

function escaped(reader: Reader): string {
  const char = reader.text.charAt(reader.offset + 1);
  CODE.lastIndex = reader.offset + 1;
  const [code, short, long] = CODE.exec(reader.text) ?? [];
  if (code !== undefined) {
    reader.offset += 1 + code.length;
    const point = parseInt(short ?? long ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  reader.offset += 2;
  return Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] ?? '') : `\\${char}`;
}

/** Takes away what the least indented line of `<<-` has in front. */
function dedented(parts: readonly HclPart[]): HclPart[] {
  let least = Infinity;
  let atStart = true;
  for (const part of parts) {
    if (part.kind !== 'text') {
      if (atStart) least = 0;
      atStart = false;
      continue;
    }
    part.text.split('\n').forEach((line, index, lines) => {
      if (index === 0 && !atStart) return;
      const isLast = index === lines.length - 1;
      if (line.trim() === '' && !isLast) return;
      if (line !== '') least = Math.min(least, line.length - line.trimStart().length);
      else if (isLast && part !== parts.at(-1)) least = 0;
    });
    atStart = part.text.endsWith('\n');
  }
  if (least === 0 || least === Infinity) return [...parts];
  let begins = true;
  return parts.map((part) => {
    if (part.kind !== 'text') {
      begins = false;
      return part;
    }
    const lines = part.text.split('\n').map((line, index) => {
      const isStart = index > 0 || begins;
      return isStart ? line.slice(Math.min(least, line.length - line.trimStart().length)) : line;
    });
    begins = part.text.endsWith('\n');
    return { kind: 'text', text: lines.join('\n') };
  });
}
