import { items, text, type Value } from '../../link/value.js';
import { alternatives } from '../alternatives.js';

/** The texts of a list setting such as INSTALLED_APPS, those that are known; undefined where it is no list. */
export function itemTexts(value: Value | undefined): readonly string[] | undefined {
  return items(value)?.flatMap((item) => text(item) ?? []);
}

/** Every text that a list setting can hold, whatever branch is taken; undefined where a part of it is not known. */
export function possibleTexts(value: Value | undefined): readonly string[] | undefined {
  const lists = value === undefined ? undefined : alternatives(value);
  const found = new Set<string>();
  for (const list of lists ?? []) {
    for (const item of items(list) ?? [undefined]) {
      const each = item === undefined ? undefined : alternatives(item);
      if (each === undefined) return undefined;
      for (const one of each) {
        const name = text(one);
        if (name === undefined) return undefined;
        found.add(name);
      }
    }
  }
  return lists === undefined ? undefined : [...found];
}

/** The texts that a list setting holds whatever branch is taken, as far as branches are known. */
export function commonTexts(value: Value | undefined): readonly string[] {
  if (value?.kind === 'unknown') {
    const [first = [], ...rest] = (value.candidates ?? []).map(commonTexts);
    return first.filter((name) => rest.every((other) => other.includes(name)));
  }
  return itemTexts(value) ?? [];
}
