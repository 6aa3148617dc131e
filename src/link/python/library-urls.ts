import { functionsOf, known, textOf } from './library.js';
import { fail, type Interpreter } from './interpreter.js';
import { nativeClass, type PythonModels } from './models.js';
import { intValue, listValue, noneValue, recordValue, strValue, tupleValue } from './values.js';
import { iterate } from './iterate.js';
import { toText } from './format.js';
import type { Origin, Value } from '../value.js';

export interface Url {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly hostname: string | undefined;
  readonly port: string | undefined;
}

/** The parts of an address, as `urllib.parse.urlsplit` divides it. */
export function splitUrl(text: string): Url {
  let rest = text.trim();
  let scheme = '';
  const colon = rest.indexOf(':');
  if (colon > 0 && /^[a-zA-Z][a-zA-Z0-9+.-]*$/.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon).toLowerCase();
    rest = rest.slice(colon + 1);
  }
  let netloc = '';
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = rest.slice(2 + netloc.length);
  }
  const cut = (mark: string): string => {
    const at = rest.indexOf(mark);
    if (at < 0) return '';
    const part = rest.slice(at + 1);
    rest = rest.slice(0, at);
    return part;
  };
  const fragment = cut('#');
  const query = cut('?');
  const at = netloc.lastIndexOf('@');
  const login = at < 0 ? undefined : netloc.slice(0, at);
  const host = netloc.slice(at + 1);
  const bracket = /^\[([^\]]*)\](?::(.*))?$/.exec(host);
  const [name, port] =
    bracket === null
      ? [host.split(':')[0] ?? '', host.includes(':') ? host.slice(host.indexOf(':') + 1) : '']
      : [bracket[1] ?? '', bracket[2] ?? ''];
  const split = login?.indexOf(':') ?? -1;
  return {
    scheme,
    netloc,
    path: rest,
    query,
    fragment,
    username: login === undefined ? undefined : split < 0 ? login : login.slice(0, split),
    password: login === undefined || split < 0 ? undefined : login.slice(split + 1),
    hostname: name === '' ? undefined : name.toLowerCase(),
    port: port === '' ? undefined : port,
  };
}

/** `urllib.parse.unquote` */
export function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** `urllib.parse.parse_qsl` */
export function parseQuery(text: string): [string, string][] {
  const plain = (part: string): string => unquote(part.replaceAll('+', ' '));
  return text.split('&').flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    return at < 0 || at === part.length - 1 ? [] : [[plain(part.slice(0, at)), plain(part.slice(at + 1))]];
  });
}

const quote = (text: string, safe: string): string =>
  Array.from(Buffer.from(text, 'utf8').toString('latin1'))
    .map((char) =>
      /[A-Za-z0-9_.~-]/.test(char) || safe.includes(char)
        ? char
        : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');

const PARSED = nativeClass('urllib.parse.ParseResult', {
  geturl: (_, args) => {
    const [self] = args.positional;
    return (self?.kind === 'instance' ? self.attributes.get('#url') : undefined) ?? noneValue();
  },
  _replace: (_, args) => noneValue({ locations: [args.at], variables: [] }),
});

function parsed(text: string, origin: Origin): Value {
  const url = splitUrl(text);
  const attributes = new Map<string, Value>([
    ['#url', strValue(text, origin)],
    ['params', strValue('', origin)],
  ]);
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
    if (b === '') return strValue(a, origin);
    try {
      return strValue(new URL(b, a).href, origin);
    } catch {
      if (a.includes('?') || b.includes('..') || b.startsWith('//')) return undefined;
      return strValue(b.startsWith('/') ? b : a.slice(0, a.lastIndexOf('/') + 1) + b, origin);
    }
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
