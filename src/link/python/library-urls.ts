import { functionsOf, known, textOf } from './library.js';
import { fail, type Interpreter } from './interpreter.js';
import { nativeClass, type PythonModels } from './models.js';
import { derived, intValue, listValue, noneValue, recordValue, strValue, tupleValue, unknownValue } from './values.js';
import { parseQuery, splitUrl, unquote } from './url-parts.js';
import { joinUrl, unsplitUrl } from './url-joining.js';
import { iterate } from './iterate.js';
import { toText } from './format.js';
import type { Origin, Value } from '../value.js';

const quote = (text: string, safe: string): string =>
  Array.from(Buffer.from(text, 'utf8').toString('latin1'))
    .map((char) =>
      /[A-Za-z0-9_.~-]/.test(char) || safe.includes(char)
        ? char
        : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');

const ORDER = ['scheme', 'netloc', 'path', 'query', 'fragment'] as const;

/** The address that parts make together; undefined where one of them is not known. */
function unsplit(parts: readonly (Value | undefined)[], origin: Origin): Value | undefined {
  const [scheme, netloc, path, query, fragment] = parts.map((part) => (part?.kind === 'none' ? '' : textOf(part)));
  if (scheme === undefined || netloc === undefined || path === undefined) return undefined;
  if (query === undefined || fragment === undefined) return undefined;
  return strValue(unsplitUrl({ scheme, netloc, path, query, fragment }), origin);
}

const PARSED = nativeClass('urllib.parse.ParseResult', {
  geturl: (_, args) => {
    const [self] = args.positional;
    const origin = derived(args.at, ...args.positional);
    const parts = ORDER.map((name) => (self?.kind === 'instance' ? self.attributes.get(name) : undefined));
    return unsplit(parts, origin) ?? unknownValue('a part of the address is not known', origin);
  },
  _replace: (_, args) => {
    const [self] = args.positional;
    const origin = derived(args.at, ...args.positional, ...args.keywords.values());
    const held = self?.kind === 'instance' ? self.attributes : new Map<string, Value>();
    const parts = ORDER.map((name) => args.keywords.get(name) ?? held.get(name));
    const text = unsplit(parts, origin);
    if (text?.kind !== 'str') return unknownValue('a part of the address is not known', origin);
    return parsed(text.value, origin);
  },
});

function parsed(text: string, origin: Origin): Value {
  const url = splitUrl(text);
  const attributes = new Map<string, Value>([['params', strValue('', origin)]]);
  for (const [name, part] of Object.entries(url)) {
    if (name === 'port')
      attributes.set(
        name,
        part === undefined || !/^\d+$/.test(String(part)) ? noneValue(origin) : intValue(Number(part), origin),
      );
    else attributes.set(name, part === undefined ? noneValue(origin) : strValue(String(part), origin));
  }
  const order = ['scheme', 'netloc', 'path', 'params', 'query', 'fragment'];
  attributes.set(
    '#items',
    listValue(
      order.map((name) => attributes.get(name) ?? noneValue()),
      origin,
    ),
  );
  return { kind: 'instance', class: PARSED, attributes, origin };
}

const FUNCTIONS = {
  urlparse: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined ? undefined : parsed(text, origin);
  }),
  urlsplit: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined ? undefined : parsed(text, origin);
  }),
  urljoin: known((_, [base, path], origin) => {
    const [a, b] = [textOf(base), textOf(path)];
    if (a === undefined || b === undefined) return undefined;
    return strValue(joinUrl(a, b), origin);
  }),
  urlunsplit: known((py, [parts], origin, args) => {
    const all = parts === undefined ? undefined : iterate(py, parts, args.at);
    return all?.length === 5 ? unsplit(all, origin) : undefined;
  }),
  urlunparse: known((py, [parts], origin, args) => {
    const all = parts === undefined ? undefined : iterate(py, parts, args.at);
    if (all?.length !== 6 || textOf(all[3]) !== '') return undefined;
    return unsplit([...all.slice(0, 3), ...all.slice(4)], origin);
  }),
  quote: known(
    (_, [value, safe], origin) => {
      const text = textOf(value);
      return text === undefined
        ? undefined
        : strValue(quote(text, safe === undefined ? '/' : (textOf(safe) ?? '')), origin);
    },
    ['string', 'safe'],
  ),
  quote_plus: known(
    (_, [value, safe], origin) => {
      const text = textOf(value);
      return text === undefined
        ? undefined
        : strValue(quote(text, `${textOf(safe) ?? ''} `).replaceAll(' ', '+'), origin);
    },
    ['string', 'safe'],
  ),
  unquote: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined ? undefined : strValue(unquote(text), origin);
  }),
  unquote_plus: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined ? undefined : strValue(unquote(text.replaceAll('+', ' ')), origin);
  }),
  parse_qsl: known((_, [value], origin) => {
    const text = textOf(value);
    return text === undefined
      ? undefined
      : listValue(
          parseQuery(text).map(([key, one]) => tupleValue([strValue(key, origin), strValue(one, origin)], origin)),
          origin,
        );
  }),
  parse_qs: known((_, [value], origin) => {
    const text = textOf(value);
    if (text === undefined) return undefined;
    const all = new Map<string, Value[]>();
    for (const [key, one] of parseQuery(text)) all.set(key, [...(all.get(key) ?? []), strValue(one, origin)]);
    return recordValue(
      [...all].map(([key, list]) => [key, listValue(list, origin)]),
      origin,
    );
  }),
  urlencode: known((py: Interpreter, [value], origin, args) => {
    const pairs =
      value?.kind === 'dict'
        ? [...value.entries.values()].map((one): readonly Value[] => [one.key, one.value])
        : value === undefined
          ? undefined
          : iterate(py, value, args.at)?.map((one) => iterate(py, one, args.at) ?? []);
    if (pairs === undefined) return undefined;
    const parts: string[] = [];
    for (const [key, one] of pairs) {
      const [a, b] = [key === undefined ? undefined : toText(key), one === undefined ? undefined : toText(one)];
      if (a === undefined || b === undefined) return fail(py, 'TypeError', 'a part of the query is not known', args.at);
      parts.push(`${quote(a, ' ').replaceAll(' ', '+')}=${quote(b, ' ').replaceAll(' ', '+')}`);
    }
    return strValue(parts.join('&'), origin);
  }),
};

export const URLS: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(functionsOf('urllib.parse', FUNCTIONS)),
};
