import type { Location } from '../../location.js';
import { boolValue, derived, intValue, listValue, strValue, unknownValue } from '../python/values.js';
import type { Origin, Value } from '../value.js';
import { numberValue } from './operators.js';
import { toNumber, toText } from './values.js';

type Method = (self: Value, args: readonly Value[], at: Location) => Value;
type TextMethod = (
  text: string,
  args: readonly string[],
  numbers: readonly (number | undefined)[],
) => string | number | boolean | readonly string[];

/** Texts longer than this are not made. */
const LONGEST = 100_000;

const ofText: Readonly<Record<string, TextMethod>> = {
  trim: (text) => text.trim(),
  trimStart: (text) => text.trimStart(),
  trimEnd: (text) => text.trimEnd(),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  toString: (text: string) => text,
  valueOf: (text: string) => text,
  startsWith: (text, [start = '']) => text.startsWith(start),
  endsWith: (text, [end = '']) => text.endsWith(end),
  includes: (text, [part = '']) => text.includes(part),
  indexOf: (text, [part = '']) => text.indexOf(part),
  replace: (text, [from = '', to = '']) => text.replace(from, () => to),
  replaceAll: (text, [from = '', to = '']) => text.replaceAll(from, () => to),
  concat: (text, parts) => text + parts.join(''),
  slice: (text, _, [from, to]) => text.slice(from, to),
  substring: (text, _, [from = 0, to]) => text.substring(from, to),
  charAt: (text, _, [at = 0]) => text.charAt(at),
  split: (text, args) => (args[0] === undefined ? [text] : text.split(args[0])),
  padStart: (text, [, fill], [length = 0]) => text.padStart(Math.min(length, LONGEST), fill),
};

const ofList: Readonly<Record<string, (items: readonly Value[], args: readonly Value[], origin: Origin) => Value>> = {
  join: (items, [separator], origin) => {
    const parts = items.map((item) => (item.kind === 'none' ? '' : toText(item)));
    return parts.includes(undefined)
      ? unknownValue('an item of a list is not known', origin)
      : strValue(parts.join(separator?.kind === 'str' ? separator.value : ','), origin);
  },
  concat: (items, more, origin) =>
    listValue([...items, ...more.flatMap((one) => (one.kind === 'list' ? one.items : [one]))], origin),
  includes: (items, [wanted], origin) => {
    const texts = items.map(toText);
    const text = wanted === undefined ? undefined : toText(wanted);
    return text === undefined || texts.includes(undefined)
      ? unknownValue('an item of a list is not known', origin)
      : boolValue(texts.includes(text), origin);
  },
  slice: (items, args, origin) => listValue(items.slice(...args.map((one) => toNumber(one) ?? 0)), origin),
  reverse: (items, _, origin) => listValue(items.toReversed(), origin),
};

/** A method of texts, numbers or lists that gives a value and changes nothing. */
export function methodOf(name: string): Method | undefined {
  const text = Object.hasOwn(ofText, name) ? ofText[name] : undefined;
  const list = Object.hasOwn(ofList, name) ? ofList[name] : undefined;
  if (text === undefined && list === undefined && name !== 'toFixed') return undefined;
  return (self, args, at) => {
    const origin = derived(at, self, ...args);
    const failed = unknownValue(`${name} of what is not known`, origin);
    if (self.kind === 'list')
      return list === undefined || self.items.some(isRest) ? failed : list(self.items, args, origin);
    if (self.kind === 'int' || self.kind === 'float' || self.kind === 'bool')
      return name === 'toString' && args.length === 0 ? strValue(String(self.value), origin) : failed;
    if (self.kind !== 'str' || text === undefined) return failed;
    const texts = args.map(toText);
    // A regular expression, a function.
    if (texts.includes(undefined) || self.value.length > LONGEST) return failed;
    const made = text(self.value, texts as string[], args.map(toNumber));
    if (typeof made === 'string') return made.length > LONGEST ? failed : strValue(made, origin);
    if (typeof made === 'number') return numberValue(made, origin);
    if (typeof made === 'boolean') return boolValue(made, origin);
    return made.length > 1000
      ? failed
      : listValue(
          made.map((one) => strValue(one, origin)),
          origin,
        );
  };
}

const isRest = (value: Value): boolean => value.kind === 'unknown' && value.rest === true;

export const lengthOf = (items: readonly Value[], origin: Origin): Value => intValue(items.length, origin);
