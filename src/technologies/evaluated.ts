import { unknown, type Location, type Maybe } from '../location.js';

/** Where a value comes from. */
export interface From {
  /** The places that set it, the most telling first. */
  readonly places: readonly Location[];
  /** Addresses of the resources it is taken of: `module.shop.aws_ecs_service.web`. */
  readonly resources: readonly string[];
}

/** What an expression comes to. */
export type Data = { readonly from: From } & (
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Data[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Data> }
  /** What `jsonencode` was given. */
  | { readonly kind: 'encoded'; readonly of: Data }
  /** Members are looked up when they are asked for: variables, resources, outputs. */
  | {
      readonly kind: 'lazy';
      readonly member: (name: string) => Data;
      readonly key?: (key: string | number) => Data;
      readonly each?: () => readonly Data[];
    }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      readonly candidates?: readonly Data[];
      /** Of a text that is known in part: what is known, and what is not. */
      readonly parts?: readonly (string | Data)[];
    }
);

export const NOWHERE: From = { places: [], resources: [] };
const MOST_PLACES = 6;
const MOST_RESOURCES = 12;
/** Longer texts and lists come from nobody's configuration. */
export const LONGEST_TEXT = 200_000;
export const MOST_ITEMS = 1_000;

export function plain(value: string | number | boolean | null, from: From = NOWHERE): Data {
  if (typeof value === 'string' && value.length > LONGEST_TEXT) return missing('a text that is too long', from);
  return { kind: 'plain', value, from };
}

export function list(items: readonly Data[], from: From = NOWHERE): Data {
  return items.length > MOST_ITEMS ? missing('a list that is too long', from) : { kind: 'list', items, from };
}

export function mapOf(entries: ReadonlyMap<string, Data>, from: From = NOWHERE): Data {
  return entries.size > MOST_ITEMS ? missing('a map that is too large', from) : { kind: 'map', entries, from };
}

export function missing(reason: string, from: From = NOWHERE, candidates?: readonly Data[]): Data {
  return { kind: 'unknown', reason, from, ...(candidates === undefined ? {} : { candidates }) };
}

export function together(all: readonly Data[]): From {
  const places = new Set<Location>();
  const resources = new Set<string>();
  for (const { from } of all) {
    for (const place of from.places) if (places.size < MOST_PLACES) places.add(place);
    for (const resource of from.resources) if (resources.size < MOST_RESOURCES) resources.add(resource);
  }
  return { places: [...places], resources: [...resources] };
}

/** The same value, also taken of a resource. */
export function takenOf(data: Data, resource: string): Data {
  const { places, resources } = data.from;
  if (resources.includes(resource) || resources.length >= MOST_RESOURCES) return data;
  return { ...data, from: { places, resources: [...resources, resource] } };
}

/** Why a value is not known; undefined where it is. */
export function reasonOf(data: Data): string {
  return data.kind === 'unknown' ? data.reason : 'it is not a single value';
}

/** A text, also of a number or a truth; null and absence are undefined. */
export function textOf(data: Data | undefined): string | undefined {
  if (data?.kind === 'encoded') {
    const written = spelled(data.of, 0, { left: 20_000 });
    return written === undefined ? undefined : JSON.stringify(written);
  }
  return data?.kind === 'plain' && data.value !== null ? String(data.value) : undefined;
}

/** The same parts may stand in it again and again. */
function spelled(data: Data, depth: number, budget: { left: number }): unknown {
  if (depth > 20 || budget.left-- <= 0) return undefined;
  if (data.kind === 'plain') return data.value;
  if (data.kind === 'list') {
    const all = data.items.map((item) => spelled(item, depth + 1, budget));
    return all.includes(undefined) ? undefined : all;
  }
  if (data.kind !== 'map') return undefined;
  const all = [...data.entries].map(([key, value]) => [key, spelled(value, depth + 1, budget)] as const);
  return all.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(all);
}

export function numberOf(data: Data | undefined): number | undefined {
  if (data?.kind !== 'plain') return undefined;
  if (typeof data.value === 'number') return data.value;
  return typeof data.value === 'string' && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(data.value)
    ? Number(data.value)
    : undefined;
}

export function truthOf(data: Data | undefined): boolean | undefined {
  if (data?.kind !== 'plain') return undefined;
  if (typeof data.value === 'boolean') return data.value;
  return data.value === 'true' ? true : data.value === 'false' ? false : undefined;
}

export function isNothing(data: Data | undefined): boolean {
  return data === undefined || (data.kind === 'plain' && data.value === null);
}

/** As facts say it: what it is, or why that is not known and what it could be. */
export function maybe<T>(data: Data, read: (data: Data) => T | undefined): Maybe<T> {
  const value = read(data);
  if (value !== undefined) return value;
  const candidates = data.kind === 'unknown' ? data.candidates?.map(read) : undefined;
  const all = candidates?.filter((one) => one !== undefined);
  return all !== undefined && all.length === candidates?.length
    ? unknown<T>(reasonOf(data), [...new Set<T>(all)])
    : unknown<T>(reasonOf(data));
}

/** A text of which a part may not be known: of an address the rest is told, because its beginning says what it leads to. */
export function maybeText(data: Data): Maybe<string> {
  const value = textOf(data);
  if (value !== undefined) return value;
  if (data.kind === 'unknown' && data.parts !== undefined) {
    const holes = data.parts.map((part) => (typeof part === 'string' ? part : (textOf(part) ?? ''))).join('');
    // Who logs in with which password changes nothing of where it leads.
    const whole = /^[a-z][a-z0-9+.-]{1,30}:\/\//i.test(holes);
    if (whole) return onlyLogin(data.parts) ? holes : unknown(data.reason, [holes]);
  }
  return maybe(data, textOf);
}

/** Whether everything that is not known of an address stands before its `@`. */
function onlyLogin(parts: readonly (string | Data)[]): boolean {
  const last = parts.findLastIndex((part) => typeof part !== 'string' && textOf(part) === undefined);
  return parts.slice(last + 1).some((part) => (typeof part === 'string' ? part : (textOf(part) ?? '')).includes('@'));
}

/** Items of a list or of the values of a map; undefined where they are not known. */
export function itemsOf(data: Data | undefined): readonly Data[] | undefined {
  if (data?.kind === 'list') return data.items;
  if (data?.kind === 'map') return [...data.entries.values()];
  return data?.kind === 'lazy' ? data.each?.() : undefined;
}

export function memberOf(data: Data | undefined, name: string): Data | undefined {
  if (data?.kind === 'map') return data.entries.get(name);
  return data?.kind === 'lazy' ? data.member(name) : undefined;
}
