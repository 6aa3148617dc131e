/** What names, numbers and strings look like, and what they mean. */

export const Prefix = { Raw: 1, Bytes: 2, Format: 4, Template: 8 } as const;

const START = 1;
const PART = 2;
const CLASSES = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
  const digit = c >= 48 && c <= 57;
  CLASSES[c] = letter ? START | PART : digit ? PART : 0;
}

export function isIdentifierStart(c: number, text: string, pos: number): boolean {
  if (c < 128) return ((CLASSES[c] ?? 0) & START) !== 0;
  return c >= 128 && /[_\p{XID_Start}]/u.test(String.fromCodePoint(text.codePointAt(pos) ?? 0));
}

export function isIdentifierPart(c: number, text: string, pos: number): boolean {
  if (c < 128) return ((CLASSES[c] ?? 0) & PART) !== 0;
  return c >= 128 && /\p{XID_Continue}/u.test(String.fromCodePoint(text.codePointAt(pos) ?? 0));
}

/** The flags of a string prefix, or -1 if the letters are none. */
export function stringPrefix(text: string, start: number, end: number): number {
  let flags = 0;
  let plain = false;
  for (let pos = start; pos < end; pos++) {
    const flag = prefixFlag(text.charCodeAt(pos) | 32);
    if (flag < 0 || (flags & flag) !== 0) return -1;
    if (flag === 0) plain = true;
    flags |= flag;
  }
  if (plain) return end - start === 1 ? 0 : -1;
  const nature = flags & ~Prefix.Raw;
  return (nature & (nature - 1)) === 0 ? flags : -1;
}

function prefixFlag(letter: number): number {
  switch (letter) {
    case 114:
      return Prefix.Raw;
    case 98:
      return Prefix.Bytes;
    case 102:
      return Prefix.Format;
    case 116:
      return Prefix.Template;
    case 117:
      return 0;
    default:
      return -1;
  }
}

function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

/** Past digits with single underscores between them. */
function scanDigits(text: string, start: number, base: number): number {
  let pos = start;
  for (;;) {
    if (digitValue(text.charCodeAt(pos)) < base) pos++;
    else if (pos > start && text.charCodeAt(pos) === 95 && digitValue(text.charCodeAt(pos + 1)) < base) pos += 2;
    else return pos;
  }
}

const BASES: Record<string, number> = { x: 16, X: 16, o: 8, O: 8, b: 2, B: 2 };

/** Position after the number at `start`, which begins with a digit or with a dot before a digit. */
export function scanNumber(text: string, start: number): number {
  if (text.charCodeAt(start) === 48) {
    const base = BASES[text.charAt(start + 1)];
    if (base !== undefined) {
      const from = text.charCodeAt(start + 2) === 95 ? start + 3 : start + 2;
      const end = scanDigits(text, from, base);
      return end > from ? end : start + 1;
    }
  }
  let pos = scanDigits(text, start, 10);
  if (text.charCodeAt(pos) === 46) pos = scanDigits(text, pos + 1, 10);
  if ((text.charCodeAt(pos) | 32) === 101) {
    const sign = text.charCodeAt(pos + 1);
    const from = sign === 43 || sign === 45 ? pos + 2 : pos + 1;
    const end = scanDigits(text, from, 10);
    if (end > from) pos = end;
  }
  if ((text.charCodeAt(pos) | 32) === 106) pos++;
  return pos;
}

export type NumberValue =
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'complex'; readonly value: null };

/** CPython refuses longer decimals too, for the time that converting them takes. */
const MAX_DECIMAL_DIGITS = 4300;
const MAX_DIGITS = 1_000_000;

/** The value of a number as written, or why it has none. */
export function numberValue(written: string): NumberValue | string {
  const digits = written.includes('_') ? written.replaceAll('_', '') : written;
  const last = digits.charCodeAt(digits.length - 1) | 32;
  const based = digits.charCodeAt(0) === 48 && digits.length > 1 && !(digits.charCodeAt(1) <= 57);
  if (based && BASES[digits.charAt(1)] !== undefined) {
    return digits.length > MAX_DIGITS ? 'number too long' : integer(digits.toLowerCase());
  }
  if (last === 106) return { kind: 'complex', value: null };
  for (let pos = 0; pos < digits.length; pos++) {
    const c = digits.charCodeAt(pos);
    if (c < 48 || c > 57) return { kind: 'float', value: Number(digits) };
  }
  if (digits.length > MAX_DECIMAL_DIGITS) return 'number too long';
  const value = integer(digits);
  return digits.charCodeAt(0) === 48 && value.value !== 0 ? 'leading zeros in a decimal number' : value;
}

function integer(digits: string): { kind: 'int'; value: number | bigint } {
  const value = Number(digits);
  return { kind: 'int', value: Number.isSafeInteger(value) ? value : BigInt(digits) };
}

/**
 * The value of the literal text between `start` and `end`: escapes decoded unless `raw`, line breaks as LF, doubled
 * braces halved where `braces` says so. `\N{...}` stays as written, for want of a table of names.
 */
export function decode(text: string, start: number, end: number, flags: number, braces: boolean): string {
  const raw = (flags & Prefix.Raw) !== 0;
  let value = '';
  let from = start;
  for (let pos = start; pos < end;) {
    const c = text.charCodeAt(pos);
    if (c === 13) {
      value += text.slice(from, pos) + '\n';
      pos += text.charCodeAt(pos + 1) === 10 && pos + 1 < end ? 2 : 1;
      from = pos;
    } else if (braces && (c === 123 || c === 125) && pos + 1 < end) {
      value += text.slice(from, pos + 1);
      pos += 2;
      from = pos;
    } else if (c === 92 && !raw && pos + 1 < end) {
      const escape = decodeEscape(text, pos, end, (flags & Prefix.Bytes) !== 0);
      if (escape === null) {
        pos += text.charCodeAt(pos + 1) === 78 ? afterName(text, pos, end) : 1;
      } else {
        value += text.slice(from, pos) + escape.value;
        pos = from = escape.end;
      }
    } else pos++;
  }
  return value + text.slice(from, end);
}

function afterName(text: string, pos: number, end: number): number {
  const close = text.charCodeAt(pos + 2) === 123 ? text.slice(pos, Math.min(end, pos + 128)).indexOf('}') : -1;
  return close < 0 ? 1 : close + 1;
}

const SIMPLE: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HEX_LENGTH: Record<string, number> = { x: 2, u: 4, U: 8 };

/** The escape at `pos`; null where the backslash stands for itself. */
function decodeEscape(text: string, pos: number, end: number, bytes: boolean): { value: string; end: number } | null {
  const letter = text.charAt(pos + 1);
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, end: pos + 2 };
  if (letter === '\r') return { value: '', end: text.charAt(pos + 2) === '\n' && pos + 2 < end ? pos + 3 : pos + 2 };
  if (letter >= '0' && letter <= '7') {
    let stop = pos + 2;
    while (stop < end && stop < pos + 4 && text.charAt(stop) >= '0' && text.charAt(stop) <= '7') stop++;
    const code = Number.parseInt(text.slice(pos + 1, stop), 8);
    return { value: String.fromCharCode(bytes ? code & 255 : code), end: stop };
  }
  const length = bytes && letter !== 'x' ? undefined : HEX_LENGTH[letter];
  if (length === undefined || pos + 2 + length > end) return null;
  let code = 0;
  for (let at = pos + 2; at < pos + 2 + length; at++) {
    const digit = digitValue(text.charCodeAt(at));
    if (digit >= 16) return null;
    code = code * 16 + digit;
  }
  return code > 0x10ffff ? null : { value: String.fromCodePoint(code), end: pos + 2 + length };
}
