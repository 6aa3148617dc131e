import { LIMITS } from './interpreter.js';
import type { ClassValue, Value } from '../value.js';

/** The text of a value as `str()` gives it; undefined where it is not known or would hold a memory address. */
export function toText(value: Value): string | undefined {
  switch (value.kind) {
    case 'str':
    case 'path':
      return value.value;
    case 'instance':
      return value.class.qualifiedName.startsWith('builtins.')
        ? exceptionText(value.attributes.get('args'))
        : undefined;
    case 'external':
      // Translations and lazily reversed addresses are read as what they wrap only by those who know them.
      return undefined;
    default:
      return toRepr(value);
  }
}

function exceptionText(args: Value | undefined): string | undefined {
  if (args === undefined || !('items' in args)) return undefined;
  const [first, second] = args.items;
  if (first === undefined) return '';
  return second === undefined ? toText(first) : toRepr(args);
}

/** `repr()`; undefined where it is not known. */
export function toRepr(value: Value, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'str':
      return quote(value.value);
    case 'bytes':
      return `b${quote(value.value, true)}`;
    case 'path':
      return `PosixPath(${quote(value.value)})`;
    case 'list':
      return around('[', value.items, ']', depth);
    case 'tuple':
      return around('(', value.items, value.items.length === 1 ? ',)' : ')', depth);
    case 'set':
    case 'frozenset':
      // The order of a set of several items is not known.
      if (value.items.length > 1) return undefined;
      if (value.items.length === 0) return `${value.kind}()`;
      return value.kind === 'set' ? around('{', value.items, '}', depth) : undefined;
    case 'dict': {
      const parts: string[] = [];
      for (const { key, value: inner } of value.entries.values()) {
        const left = toRepr(key, depth + 1);
        const right = toRepr(inner, depth + 1);
        if (left === undefined || right === undefined) return undefined;
        parts.push(`${left}: ${right}`);
      }
      return limited(`{${parts.join(', ')}}`);
    }
    case 'class':
      return classText(value);
    default:
      return undefined;
  }
}

function classText(value: ClassValue): string {
  return `<class '${value.qualifiedName.replace(/^builtins\./, '')}'>`;
}

function around(open: string, items: readonly Value[], close: string, depth: number): string | undefined {
  const parts: string[] = [];
  let size = 0;
  for (const item of items) {
    const text = toRepr(item, depth + 1);
    if (text === undefined) return undefined;
    size += text.length;
    if (size > LIMITS.characters) return undefined;
    parts.push(text);
  }
  return `${open}${parts.join(', ')}${close}`;
}

const limited = (text: string): string | undefined => (text.length > LIMITS.characters ? undefined : text);

export function quote(text: string, bytes = false): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === mark || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (code < 32 || code === 127 || (bytes && code > 127)) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return out + mark;
}

export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = '0'] = value.toExponential().split('e');
    const power = Number(exponent);
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,4})?([,_])?(?:\.(\d{1,4}))?([bcdeEfFgGnosxX%])?$/su;

/** `format(value, spec)`; undefined where it is not known or not supported. */
export function formatValue(value: Value, spec: string): string | undefined {
  if (spec === '') return toText(value);
  if (value.kind !== 'str' && value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  const match = SPEC.exec(spec);
  if (match === null) return undefined;
  const [, fill, align, sign = '-', hash, zero, width, comma, precision, type] = match;
  const numeric = value.kind !== 'str';
  let body: string | undefined;
  let prefix = '';
  if (!numeric) {
    if (type !== undefined && type !== 's') return undefined;
    body = precision === undefined ? value.value : Array.from(value.value).slice(0, Number(precision)).join('');
  } else {
    const number = Number(value.value);
    body = numberText(value, number, type, precision, hash !== undefined);
    if (body === undefined) return undefined;
    if (comma !== undefined) body = grouped(body, comma);
    prefix = number < 0 ? '-' : sign === '-' ? '' : sign;
  }
  const padding = Math.max(0, Number(width ?? 0) - Array.from(body).length - prefix.length);
  const filler = fill ?? (zero !== undefined ? '0' : ' ');
  const side = align ?? (numeric ? (zero !== undefined ? '=' : '>') : '<');
  const space = (count: number): string => filler.repeat(count);
  if (side === '<') return prefix + body + space(padding);
  if (side === '>') return space(padding) + prefix + body;
  if (side === '=') return prefix + space(padding) + body;
  return space(Math.floor(padding / 2)) + prefix + body + space(Math.ceil(padding / 2));
}

function numberText(
  value: Value,
  number: number,
  type: string | undefined,
  precision: string | undefined,
  hash: boolean,
): string | undefined {
  const size = Math.abs(number);
  const digits = precision === undefined ? 6 : Math.min(100, Number(precision));
  const whole = 'value' in value && typeof value.value === 'bigint' ? value.value : BigInt(Math.trunc(size));
  const positive = whole < 0n ? -whole : whole;
  switch (type) {
    case undefined:
      if (value.kind === 'bool') return toText(value);
      if (value.kind === 'int') return String(positive);
      return precision === undefined ? floatText(size) : undefined;
    case 'd':
    case 'n':
      return value.kind === 'float' ? undefined : String(positive);
    case 'x':
      return value.kind === 'float' ? undefined : (hash ? '0x' : '') + positive.toString(16);
    case 'X':
      return value.kind === 'float' ? undefined : (hash ? '0X' : '') + positive.toString(16).toUpperCase();
    case 'o':
      return value.kind === 'float' ? undefined : (hash ? '0o' : '') + positive.toString(8);
    case 'b':
      return value.kind === 'float' ? undefined : (hash ? '0b' : '') + positive.toString(2);
    case 'f':
    case 'F':
      return size < 1e21 ? size.toFixed(digits) : undefined;
    case '%':
      return size < 1e19 ? `${(size * 100).toFixed(digits)}%` : undefined;
    default:
      return undefined;
  }
}

function grouped(body: string, mark: string): string {
  const [whole = '', ...rest] = body.split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, mark), ...rest].join('.');
}

/** `template % value`: the fields are looked up by `next` and `named`. Undefined where one is not known. */
export function percentFormat(
  template: string,
  next: () => Value | undefined,
  named: (key: string) => Value | undefined,
): string | undefined {
  let known = true;
  const text = template.replace(
    /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d{1,4})?(?:\.(\d{1,4}))?[hlL]?([diouxXeEfFgGcrsa%])/g,
    (
      _,
      key: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string,
    ) => {
      if (type === '%') return '%';
      const value = width === '*' ? undefined : key === undefined ? next() : named(key);
      const part = value === undefined ? undefined : percentField(value, flags, width, precision, type);
      if (part === undefined) known = false;
      return part ?? '';
    },
  );
  return known && text.length <= LIMITS.characters ? text : undefined;
}

function percentField(
  value: Value,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  type: string,
): string | undefined {
  const left = flags.includes('-');
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? toText(value) : toRepr(value);
    if (text === undefined) return undefined;
    const cut = precision === undefined ? text : text.slice(0, Number(precision));
    return left ? cut.padEnd(Number(width ?? 0)) : cut.padStart(Number(width ?? 0));
  }
  const number: Value =
    value.kind === 'float' && /[diu]/.test(type)
      ? { kind: 'int', value: Math.trunc(value.value), origin: value.origin }
      : value;
  if (number.kind !== 'int' && number.kind !== 'float' && number.kind !== 'bool') return undefined;
  const kind = type === 'i' || type === 'u' ? 'd' : type;
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && !left ? '0' : '';
  const spec = `${left ? '<' : ''}${sign}${zero}${width ?? ''}${precision === undefined ? '' : `.${precision}`}${kind}`;
  return formatValue(
    number.kind === 'bool' ? { kind: 'int', value: Number(number.value), origin: number.origin } : number,
    spec,
  );
}
