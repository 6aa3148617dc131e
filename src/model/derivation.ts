import type { Fact, Property } from '../facts/fact.js';
import type { Evidence, Maybe } from '../location.js';
import type { Part, System } from './component.js';
import type { ComponentProperties, Derived } from './model.js';

/** Fills one property of a component. */
export interface Derivation<N extends keyof ComponentProperties = keyof ComponentProperties> {
  readonly name: N;
  readonly property: Property;
  derive(part: Part, system: System): ComponentProperties[N];
}

/** Fills one property of facts of some kinds, as they stand in a component. */
export interface FactDerivation {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly property: Property;
  /** Undefined where it does not apply to this fact. */
  derive(fact: Fact, part: Part, system: System): Derived<unknown> | undefined;
}

export function derived<T>(value: Maybe<T>, evidence: readonly Evidence[] = []): Derived<T> {
  return { value, evidence };
}
