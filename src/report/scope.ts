import type { Scope } from '../facts/fact.js';
import { isUnknown, type Maybe } from '../location.js';

const PLACES: Readonly<Record<Scope, string>> = {
  process: 'one process',
  host: 'one machine',
  cluster: 'several machines',
};

/** A scope as a place that one can imagine. */
export function scopeInWords(scope: Maybe<Scope>): string {
  return isUnknown(scope) ? `not known: ${scope.unknown}` : PLACES[scope];
}
