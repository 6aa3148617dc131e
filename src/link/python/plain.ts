import {
  boolValue,
  floatValue,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from './values.js';
import type { Origin, Value } from '../value.js';

/** Data of a file as values of the program. */
export function fromPlain(plain: unknown, origin: Origin, depth = 0): Value {
  if (depth > 60) return unknownValue('the data is nested too deeply', origin);
  if (plain === null || plain === undefined) return noneValue(origin);
  switch (typeof plain) {
    case 'string':
      return strValue(plain, origin);
    case 'boolean':
      return boolValue(plain, origin);
    case 'bigint':
      return intValue(plain, origin);
    case 'number':
      return Number.isInteger(plain) ? intValue(plain, origin) : floatValue(plain, origin);
    default:
  }
  if (Array.isArray(plain))
    return listValue(
      plain.slice(0, 20_000).map((one) => fromPlain(one, origin, depth + 1)),
      origin,
    );
  if (plain instanceof Date) return unknownValue('dates are not followed', origin);
  if (typeof plain === 'object')
    return recordValue(
      Object.entries(plain).map(([key, one]) => [key, fromPlain(one, origin, depth + 1)]),
      origin,
    );
  return unknownValue('the data is not known', origin);
}

/** A value as JSON data; undefined where a part of it is not known. */
export function toPlain(value: Value, depth = 0, left = { parts: 50_000 }): { readonly plain: unknown } | undefined {
  if (depth > 60 || left.parts-- <= 0) return undefined;
  switch (value.kind) {
    case 'none':
      return { plain: null };
    case 'str':
    case 'bool':
      return { plain: value.value };
    case 'int':
      return typeof value.value === 'bigint' ? undefined : { plain: value.value };
    case 'float':
      return Number.isInteger(value.value) ? undefined : { plain: value.value };
    case 'list':
    case 'tuple': {
      const parts = value.items.map((one) => toPlain(one, depth + 1, left));
      return parts.includes(undefined) ? undefined : { plain: parts.map((one) => one?.plain) };
    }
    case 'dict': {
      const plain: Record<string, unknown> = {};
      for (const { key, value: inner } of value.entries.values()) {
        const one = toPlain(inner, depth + 1, left);
        if (key.kind !== 'str' || one === undefined) return undefined;
        plain[key.value] = one.plain;
      }
      return { plain };
    }
    default:
      return undefined;
  }
}
