import { derived, unknownValue } from './values.js';
import type { Location } from '../../location.js';
import type { SequenceValue, UnknownValue, Value } from '../value.js';

/** Stands in a list for any number of items, none included, of which nothing is known. */
export function restOf(value: Value, at: Location, otherwise = 'the added items are not known'): UnknownValue {
  const reason = value.kind === 'unknown' ? value.reason : otherwise;
  return { ...unknownValue(reason, derived(at, value)), rest: true };
}

export function isRest(value: Value | undefined): value is UnknownValue {
  return value?.kind === 'unknown' && value.rest === true;
}

/** Whether a list may hold more than what is known of it. */
export function isOpen(list: SequenceValue): boolean {
  return list.items.some(isRest);
}

/** How many items from the start stand where they seem to. */
export function firstKnown(list: SequenceValue): number {
  const open = list.items.findIndex(isRest);
  return open < 0 ? list.items.length : open;
}

/** How many items from the end stand where they seem to, counted from there. */
export function lastKnown(list: SequenceValue): number {
  return list.items.length - 1 - list.items.findLastIndex(isRest);
}

/** Whether an index, which may count from the end, leads to an item that is known. */
export function isKnownIndex(list: SequenceValue, index: number): boolean {
  return !isOpen(list) || (index >= 0 ? index < firstKnown(list) : -index <= lastKnown(list));
}
