import type { Evidence, Location, Maybe } from '../location.js';

/** Narrower to wider: the largest set of places that see the same copy of a piece of state. */
export const SCOPES = ['process', 'host', 'cluster'] as const;
export type Scope = (typeof SCOPES)[number];

export type Property =
  | {
      readonly type: 'choice';
      readonly values: readonly string[];
      readonly description: string;
      readonly optional?: true;
    }
  | {
      readonly type: 'integer' | 'boolean' | 'text' | 'texts' | 'map';
      readonly description: string;
      readonly optional?: true;
    };

type ValueOf<P extends Property> = P extends { type: 'choice'; values: readonly (infer V)[] }
  ? V
  : P extends { type: 'integer' }
    ? number
    : P extends { type: 'boolean' }
      ? boolean
      : P extends { type: 'text' }
        ? string
        : P extends { type: 'texts' }
          ? readonly string[]
          : Readonly<Record<string, string>>;

type Properties = Readonly<Record<string, Property>>;
type Required<P extends Properties> = { [K in keyof P]: P[K] extends { optional: true } ? never : K }[keyof P];
type Optional<P extends Properties> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P];

/** The values of a fact's properties. Any of them may be unknown, with the reason. An optional one is absent where it does not apply. */
export type ValuesOf<P extends Properties> = { readonly [K in Required<P>]: Maybe<ValueOf<P[K]>> } & {
  readonly [K in Optional<P>]?: Maybe<ValueOf<P[K]>> | undefined;
};

/** The values of a fact whose kind is not looked at. */
export type AnyValues = Readonly<Record<string, unknown>>;

export type Places<V extends AnyValues = AnyValues> = Readonly<
  Partial<Record<keyof V & string, Location | readonly Location[]>>
>;

/** Something that the code or the deployment says, in the words of no vendor; `technology` is the id of the folder that said it. */
export interface Fact<V extends AnyValues = AnyValues> {
  readonly kind: string;
  readonly technology: string;
  /** Where it is said; for an absence, where it would stand. */
  readonly location: Location;
  /** Further places it follows from. */
  readonly evidence: readonly Evidence[];
  readonly properties: V;
  /**
   * Places of single properties, where they stand elsewhere than the fact: a result about one is reported there. A
   * list has a place for each of its texts.
   */
  readonly places?: Places<V>;
  /** Name of the file inside a file (an entry of a ConfigMap) in which it stands, where it does. */
  readonly embedded?: string;
}

export interface FactKind<P extends Properties = Properties> {
  readonly kind: string;
  /** One sentence, for the vocabulary page. */
  readonly description: string;
  readonly properties: P;
}

export type FactOf<K extends FactKind> = Fact<ValuesOf<K['properties']>>;

/** One declaration per kind: the TypeScript type, the JSON Schema and the vocabulary page come from it. */
export function defineFact<const P extends Properties>(kind: string, description: string, properties: P): FactKind<P> {
  return { kind, description, properties };
}

export function choice<const V extends readonly string[]>(values: V, description: string) {
  return { type: 'choice', values, description } as const;
}
export function integer(description: string) {
  return { type: 'integer', description } as const;
}
export function boolean(description: string) {
  return { type: 'boolean', description } as const;
}
export function text(description: string) {
  return { type: 'text', description } as const;
}
export function texts(description: string) {
  return { type: 'texts', description } as const;
}
export function map(description: string) {
  return { type: 'map', description } as const;
}
export function optional<P extends Property>(property: P): P & { optional: true } {
  return { ...property, optional: true };
}

/** States a fact. Technologies call this with the kind they know, so that the compiler checks every property. */
export function state<P extends Properties>(
  kind: FactKind<P>,
  location: Location,
  properties: ValuesOf<P>,
  evidence: readonly Evidence[] = [],
  places?: Places<ValuesOf<P>>,
): Stated<ValuesOf<P>> {
  const stated = { kind: kind.kind, location, properties, evidence };
  return places === undefined ? stated : { ...stated, places };
}

/** A fact before the loop that runs extractors adds which technology stated it. */
export type Stated<V extends AnyValues = AnyValues> = Omit<Fact<V>, 'technology' | 'embedded'>;

export type StatedOf<K extends FactKind> = Stated<ValuesOf<K['properties']>>;

export function isKind<P extends Properties>(kind: FactKind<P>, fact: Fact): fact is Fact<ValuesOf<P>> {
  return fact.kind === kind.kind;
}
