import { items, text, type Value } from '../../link/value.js';

/** The texts of a list setting such as INSTALLED_APPS, those that are known; undefined where it is no list. */
export function itemTexts(value: Value | undefined): readonly string[] | undefined {
  return items(value)?.flatMap((item) => text(item) ?? []);
}

/** Whether every item of a list setting is known. */
export function isComplete(value: Value | undefined): boolean {
  return items(value)?.every((item) => item.kind === 'str') ?? false;
}
