import {
  isNothing,
  itemsOf,
  list,
  mapOf,
  missing,
  numberOf,
  plain,
  textOf,
  together,
  truthOf,
  type Data,
} from '../evaluated.js';
import { decoded } from '../evaluated-json.js';

type Call = (args: readonly Data[]) => Data | undefined;

/** What they do is told at https://developer.hashicorp.com/terraform/language/functions */
const FUNCTIONS: Readonly<Record<string, Call>> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  max: numeric(Math.max),
  min: numeric(Math.min),
  parseint: ([text]) => plain(Number.parseInt(textOf(text) ?? '', 10), text?.from),
  lower: textual((text) => text.toLowerCase()),
  upper: textual((text) => text.toUpperCase()),
  title: textual((text) => text.replace(/\b\w/g, (char) => char.toUpperCase())),
  trimspace: textual((text) => text.trim()),
  chomp: textual((text) => text.replace(/[\r\n]{1,100}$/, '')),
  trimprefix: textual((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: textual((text, suffix = '') =>
    text.endsWith(suffix) ? text.slice(0, -suffix.length || undefined) : text,
  ),
  // A pattern between slashes is a regular expression of somebody else.
  replace: textual((text, from = '', to = '') =>
    from === '' || /^\/.*\/$/s.test(from) ? undefined : text.split(from).join(to),
  ),
  substr: textual((text, start = '0', length = '0') => {
    const at = Number(start) < 0 ? text.length + Number(start) : Number(start);
    return Number(length) < 0 ? text.slice(at) : text.slice(at, at + Number(length));
  }),
  basename: textual((text) => text.replace(/^.*\//s, '')),
  dirname: textual((text) => (text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : '.')),
  abspath: textual((text) => text),
  urlencode: textual((text) => encodeURIComponent(text)),
  startswith: ([text, part]) => compared(text, part, (a, b) => a.startsWith(b)),
  endswith: ([text, part]) => compared(text, part, (a, b) => a.endsWith(b)),
  strcontains: ([text, part]) => compared(text, part, (a, b) => a.includes(b)),
  format: ([pattern, ...rest]) => formatted(pattern, rest),
  join: ([by, ...lists]) => joined(by, lists),
  split: ([by, text]) => splitBy(by, text),
  tostring: ([one]) => text(one),
  tonumber: ([one]) => (isNothing(one) ? one : withNumber(one)),
  tobool: ([one]) => (truthOf(one) === undefined ? one : plain(truthOf(one) ?? null, one?.from)),
  tolist: ([one]) => all(one),
  toset: ([one]) => distinct(one),
  tomap: ([one]) => one,
  sensitive: ([one]) => one,
  nonsensitive: ([one]) => one,
  length: ([one]) => lengthOf(one),
  element: ([from, at]) => {
    const items = itemsOf(from);
    const index = numberOf(at);
    return items === undefined || index === undefined || items.length === 0 ? undefined : items[index % items.length];
  },
  slice: ([from, start, end]) => {
    const items = itemsOf(from);
    const [first, last] = [numberOf(start), numberOf(end)];
    return items === undefined || first === undefined || last === undefined
      ? undefined
      : list(items.slice(first, last), from?.from);
  },
  concat: (lists) => {
    const items = lists.map(itemsOf);
    return items.some((one) => one === undefined)
      ? undefined
      : list(
          items.flatMap((one) => one ?? []),
          together(lists),
        );
  },
  flatten: ([from]) => flattened(from, 0),
  distinct: ([from]) => distinct(from),
  compact: ([from]) => {
    const items = itemsOf(from);
    return items === undefined
      ? undefined
      : list(
          items.filter((one) => !isNothing(one) && textOf(one) !== ''),
          from?.from,
        );
  },
  reverse: ([from]) => {
    const items = itemsOf(from);
    return items === undefined ? undefined : list([...items].reverse(), from?.from);
  },
  one: ([from]) => {
    const items = itemsOf(from);
    return items === undefined ? undefined : (items[0] ?? plain(null, from?.from));
  },
  contains: ([from, wanted]) => {
    const items = itemsOf(from)?.map(textOf);
    const value = textOf(wanted);
    return items === undefined || value === undefined || items.includes(undefined)
      ? undefined
      : plain(items.includes(value), from?.from);
  },
  keys: ([map]) =>
    map?.kind === 'map'
      ? list(
          [...map.entries.keys()].sort().map((key) => plain(key, map.from)),
          map.from,
        )
      : undefined,
  values: ([map]) =>
    map?.kind === 'map'
      ? list(
          [...map.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
          map.from,
        )
      : undefined,
  merge: (maps) => {
    const entries = new Map<string, Data>();
    for (const map of maps) {
      if (isNothing(map)) continue;
      if (map.kind !== 'map') return undefined;
      for (const [key, value] of map.entries) entries.set(key, value);
    }
    return mapOf(entries, together(maps));
  },
  lookup: ([map, key, otherwise]) => {
    const name = textOf(key);
    return map?.kind !== 'map' || name === undefined ? undefined : (map.entries.get(name) ?? otherwise);
  },
  zipmap: ([keys, values]) => {
    const names = itemsOf(keys)?.map(textOf);
    const items = itemsOf(values);
    if (names === undefined || items === undefined || names.includes(undefined)) return undefined;
    return mapOf(new Map(names.map((name, i) => [name ?? '', items[i] ?? plain(null)])), values?.from);
  },
  range: (args) => {
    const numbers = args.map(numberOf);
    if (numbers.includes(undefined)) return undefined;
    const [start = 0, end = 0] = numbers.length === 1 ? [0, numbers[0]] : numbers;
    const many = Math.min(1_000, Math.max(0, end - start));
    return list(
      Array.from({ length: many }, (_, i) => plain(start + i)),
      together(args),
    );
  },
  coalesce: (args) => firstOf(args, (one) => isNothing(one) || textOf(one) === ''),
  coalescelist: (args) => firstOf(args, (one) => itemsOf(one)?.length === 0),
  try: ([first]) => first,
  can: ([first]) => (first === undefined || first.kind === 'unknown' ? undefined : plain(true, first.from)),
  jsonencode: ([of]) => (of === undefined ? undefined : { kind: 'encoded', of, from: of.from }),
  jsondecode: ([one]) => (one === undefined ? undefined : decoded(one)),
};

/** What a call comes to; unknown where the function is not known, or what it is given is not. */
export function called(name: string, args: readonly Data[]): Data {
  const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const result = call?.(args);
  if (result !== undefined) return result;
  const open = args.find((one) => one.kind === 'unknown');
  const reason = open?.kind === 'unknown' ? open.reason : `what ${name}() gives is not known here`;
  return missing(reason, together(args));
}

function text(one: Data | undefined): Data | undefined {
  const value = textOf(one);
  return value === undefined ? one : plain(value, one?.from);
}

function withNumber(one: Data | undefined): Data | undefined {
  const value = numberOf(one);
  return value === undefined ? undefined : plain(value, one?.from);
}

function numeric(compute: (...numbers: number[]) => number): Call {
  return (args) => {
    const numbers = args.map(numberOf);
    return numbers.length === 0 || numbers.includes(undefined)
      ? undefined
      : plain(compute(...numbers.map((one) => one ?? 0)), together(args));
  };
}

function textual(compute: (...texts: string[]) => string | undefined): Call {
  return (args) => {
    const texts = args.map(textOf);
    if (texts.length === 0 || texts.includes(undefined)) return undefined;
    const result = compute(...texts.map((one) => one ?? ''));
    return result === undefined ? undefined : plain(result, together(args));
  };
}

function compared(
  a: Data | undefined,
  b: Data | undefined,
  holds: (a: string, b: string) => boolean,
): Data | undefined {
  const [one, other] = [textOf(a), textOf(b)];
  return one === undefined || other === undefined ? undefined : plain(holds(one, other), a?.from);
}

/** A text of which some parts may be unknown. */
export function joinedParts(parts: readonly Data[]): Data {
  const texts = parts.map(textOf);
  const from = together(parts);
  if (!texts.includes(undefined)) return plain(texts.join(''), from);
  const open = parts.find((one) => textOf(one) === undefined);
  const flat = parts.flatMap(
    (one) => textOf(one) ?? (one.kind === 'unknown' && one.parts !== undefined ? one.parts : [one]),
  );
  return {
    kind: 'unknown',
    reason: open?.kind === 'unknown' ? open.reason : 'a part of the text is no text',
    parts: flat.slice(0, 2_000),
    from,
  };
}

function formatted(pattern: Data | undefined, args: readonly Data[]): Data | undefined {
  const form = textOf(pattern);
  if (form === undefined || pattern === undefined) return undefined;
  let at = 0;
  const parts: Data[] = [];
  for (const piece of form.split(/(%%|%[-+ 0#]{0,3}\d{0,3}(?:\.\d{1,3})?[a-zA-Z])/)) {
    if (piece === '%%') parts.push(plain('%'));
    else if (/^%.*[a-zA-Z]$/.test(piece)) {
      const arg = args[at++];
      const padded = /^%0(\d{1,2})d$/.exec(piece)?.[1];
      const value = textOf(arg);
      parts.push(
        padded === undefined || value === undefined
          ? (arg ?? missing('nothing to put in'))
          : plain(value.padStart(Number(padded), '0'), arg?.from),
      );
    } else parts.push(plain(piece, pattern.from));
  }
  return joinedParts(parts);
}

function joined(by: Data | undefined, lists: readonly Data[]): Data | undefined {
  const separator = textOf(by);
  const items = lists.map(itemsOf);
  if (separator === undefined || items.includes(undefined)) return undefined;
  const all = items.flatMap((one) => one ?? []);
  return joinedParts(all.flatMap((one, i) => (i === 0 ? [one] : [plain(separator), one])));
}

function splitBy(by: Data | undefined, from: Data | undefined): Data | undefined {
  const [separator, value] = [textOf(by), textOf(from)];
  if (separator === undefined || value === undefined) return undefined;
  return list(
    value
      .split(separator)
      .slice(0, 1_000)
      .map((one) => plain(one, from?.from)),
    from?.from,
  );
}

function all(from: Data | undefined): Data | undefined {
  const items = itemsOf(from);
  return items === undefined ? undefined : list(items, from?.from);
}

function distinct(from: Data | undefined): Data | undefined {
  const items = itemsOf(from);
  if (items === undefined) return undefined;
  const seen = new Set<string>();
  return list(
    items.filter((one) => {
      const value = textOf(one);
      if (value === undefined) return true;
      return seen.has(value) ? false : seen.add(value) !== undefined;
    }),
    from?.from,
  );
}

function flattened(from: Data | undefined, depth: number): Data | undefined {
  if (from?.kind !== 'list' || depth > 10) return undefined;
  const items: Data[] = [];
  for (const one of from.items) {
    const inner = one.kind === 'list' ? flattened(one, depth + 1) : undefined;
    if (inner?.kind === 'list') items.push(...inner.items);
    else items.push(one);
    if (items.length > 2_000) return undefined;
  }
  return list(items, from.from);
}

function lengthOf(one: Data | undefined): Data | undefined {
  const many =
    itemsOf(one)?.length ?? (one?.kind === 'plain' && typeof one.value === 'string' ? one.value.length : undefined);
  return many === undefined ? undefined : plain(many, one?.from);
}

/** The first that says something; where one before it is not known, neither is the outcome. */
function firstOf(args: readonly Data[], isEmpty: (one: Data) => boolean): Data | undefined {
  const first = args.find((one) => !isEmpty(one));
  return first ?? plain(null, together(args));
}
