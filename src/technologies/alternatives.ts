import { isUnknown, unknown, type Maybe } from '../location.js';
import type { Value } from '../link/value.js';

/** Everything a value can be, where that is known: the value itself, or the outcomes of branches. Undefined where it is not. */
export function alternatives(value: Value): readonly Value[] | undefined {
  if (value.kind !== 'unknown') return [value];
  if (value.candidates === undefined || value.candidates.length === 0 || value.absent === true) return undefined;
  const found: Value[] = [];
  for (const candidate of value.candidates) {
    const inner = alternatives(candidate);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

/** What several possibilities have in common: their value where all agree, else unknown with what it can be. */
export function combine<T>(possible: readonly Maybe<T>[], reason: string): Maybe<T> {
  const [first, ...rest] = possible;
  if (first === undefined) return unknown(reason);
  if (!isUnknown(first) && rest.every((other) => other === first)) return first;
  const candidates = new Set<T>();
  for (const part of possible) {
    if (!isUnknown(part)) candidates.add(part);
    else if (part.candidates === undefined) return unknown(part.unknown);
    else for (const candidate of part.candidates) candidates.add(candidate);
  }
  const open = possible.find((part) => isUnknown(part));
  const why = possible.length === 1 && open !== undefined ? open.unknown : reason;
  return candidates.size === 1 && open === undefined ? first : unknown(why, [...candidates]);
}

/** Why a value is not known, for people. */
export function reasonFor(value: Value | undefined, what: string): string {
  if (value?.kind === 'unknown') return `${what}: ${value.reason}`;
  const part = unknownPart(value);
  if (part !== undefined) return reasonFor(part, what);
  if (value?.kind === 'external') {
    const name = value.name.replace(/\.\(\)/g, '()');
    const called = value.call !== undefined || name.endsWith('()');
    return `${what} is ${called ? `what ${name.replace(/\(\)$/, '')}() gives` : name}, which is not known here`;
  }
  return `${what} is not known`;
}

/** Of an operation whose outcome is not known (`"django.db.backends." + name`), the operand that is to blame. */
function unknownPart(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'external' || value.name !== 'operator') return undefined;
  return value.call?.args.find(({ kind }) => kind === 'unknown' || kind === 'external');
}
