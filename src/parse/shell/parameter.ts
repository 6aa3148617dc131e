import { skipUnit } from './tokens.js';

/** What a variable is: undefined where nothing sets it, null where something does but its value is not known. */
export type Lookup = (name: string) => string | null | undefined;

/** `$NAME` or `${NAME<operator><argument>}`, as shells, Compose and Dockerfiles write it. */
export interface Parameter {
  readonly name: string;
  /** `''`, `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `:` (a part of it) or `other`. */
  readonly operator: string;
  readonly argument: string;
  readonly end: number;
}

/** Defaults inside defaults beyond this are not followed. */
const DEEPEST = 20;
/** An unclosed `${` is not looked for beyond this. */
const LONGEST = 4_000;

/** The parameter whose `$` stands here; undefined for `$(`, `$$` and a lone `$`. */
export function parameterAt(text: string, at: number): Parameter | undefined {
  const rest = text.slice(at + 1, at + 200);
  if (!rest.startsWith('{')) {
    const name = /^(?:[A-Za-z_]\w*|[0-9@*#?!-])/.exec(rest)?.[0];
    return name === undefined ? undefined : { name, operator: '', argument: '', end: at + 1 + name.length };
  }
  const stretch = text.slice(at, at + LONGEST);
  const length = skipUnit(stretch, 0, 0);
  if (stretch.charAt(length - 1) !== '}' || length < 4) return undefined;
  const end = at + length;
  const inside = stretch.slice(2, length - 1);
  const match = /^([A-Za-z_]\w*|\d+|[@*#?!-])(:?[-=?+]|##?|%%?|:|)/.exec(inside);
  if (match === null) return { name: inside, operator: 'other', argument: '', end };
  const [whole, name = '', operator = ''] = match;
  const argument = inside.slice(whole.length);
  return { name, operator: operator === '' && argument !== '' ? 'other' : operator, argument, end };
}

/** Its value; undefined where it has none that is known. `expand` gives the value of the argument. */
export function valueOf(
  { name, operator, argument }: Parameter,
  lookup: Lookup,
  expand: (argument: string) => string | undefined,
): string | undefined {
  const current = lookup(name);
  if (operator === 'other') return undefined;
  const empty = current === undefined || (current === '' && operator.startsWith(':'));
  if (/^:?[-=]$/.test(operator)) return current === null ? undefined : empty ? expand(argument) : current;
  if (/^:?\+$/.test(operator)) return current === null ? expand(argument) : empty ? '' : expand(argument);
  if (current === undefined || current === null) return undefined;
  if (operator === '' || /^:?\?$/.test(operator)) return empty ? undefined : current;
  return operator === ':' ? part(current, argument) : strip(current, operator, expand(argument));
}

/** `${X:0:1}` */
function part(text: string, argument: string): string | undefined {
  const match = /^\s*(\d{1,9})(?::(\d{1,9}))?$/.exec(argument);
  if (match === null) return undefined;
  const start = Number(match[1]);
  return match[2] === undefined ? text.slice(start) : text.slice(start, start + Number(match[2]));
}

/** `${X#prefix}` and `${X%suffix}` without wildcards, and the two that are common with one. */
function strip(text: string, operator: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  const front = operator.startsWith('#');
  if (!/[*?[\\]/.test(pattern)) {
    if (pattern === '' || !(front ? text.startsWith(pattern) : text.endsWith(pattern))) return text;
    return front ? text.slice(pattern.length) : text.slice(0, -pattern.length);
  }
  const mark = front ? /^\*([^*?[\\]+)$/.exec(pattern)?.[1] : /^([^*?[\\]+)\*$/.exec(pattern)?.[1];
  if (mark === undefined) return undefined;
  const at = operator === '#' || operator === '%%' ? text.indexOf(mark) : text.lastIndexOf(mark);
  if (at < 0) return text;
  return front ? text.slice(at + mark.length) : text.slice(0, at);
}

export interface Interpolated {
  /** With nothing in place of what is missing. */
  readonly text: string;
  /** Variables without a value and without a default, in order. */
  readonly missing: readonly string[];
  /** Variables whose default was taken, in order. */
  readonly defaulted: readonly string[];
}

/**
 * Replaces the parameters of a text that has no quotes of its own: values of Compose, of `.env` files and of
 * Dockerfiles. `escape` is what makes a `$` plain: `$$` or `\$`.
 */
export function interpolate(text: string, lookup: Lookup, escape: '$$' | '\\$', depth = 0): Interpolated {
  const missing: string[] = [];
  const defaulted: string[] = [];
  let result = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    const escaped = escape === '$$' ? text.charAt(dollar + 1) === '$' : text.charAt(dollar - 1) === '\\' && dollar > at;
    if (escaped) {
      result += escape === '$$' ? text.slice(at, dollar + 1) : `${text.slice(at, dollar - 1)}$`;
      at = dollar + escape.length - (escape === '$$' ? 0 : 1);
      continue;
    }
    result += text.slice(at, dollar);
    const parameter = parameterAt(text, dollar);
    if (parameter === undefined || !/^[A-Za-z_]/.test(parameter.name)) {
      result += '$';
      at = dollar + 1;
      continue;
    }
    at = parameter.end;
    const inner: Interpolated[] = [];
    const value = valueOf(parameter, lookup, (argument) => {
      if (depth >= DEEPEST) return undefined;
      const expanded = interpolate(argument, lookup, escape, depth + 1);
      inner.push(expanded);
      return expanded.text;
    });
    if (value === undefined) missing.push(parameter.name);
    else result += value;
    for (const expanded of inner) {
      missing.push(...expanded.missing);
      defaulted.push(...expanded.defaulted);
    }
    if (inner.length > 0 && /^:?[-=]$/.test(parameter.operator)) defaulted.push(parameter.name);
  }
  return { text: result + text.slice(at), missing, defaulted };
}
