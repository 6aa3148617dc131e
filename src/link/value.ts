import type { Location } from '../location.js';

/**
 * What an expression of the audited program would be, with where it comes from. Values are plain data; containers are
 * mutable and shared while a module is evaluated (Python's reference semantics) and must not be changed afterwards.
 */
export type Value =
  | NoneValue
  | BoolValue
  | IntValue
  | FloatValue
  | StrValue
  | BytesValue
  | SequenceValue
  | DictValue
  | PathValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | ExternalValue
  | UnknownValue;

export interface Origin {
  /** The places that made the value what it is, the one that last set it first. */
  readonly locations: readonly Location[];
  /** Names of the environment variables (or keys of configuration files) it depends on, sorted, without repeats. */
  readonly variables: readonly string[];
}

interface Originated {
  readonly origin: Origin;
}
/** Of a builtin type, or of a class of the program that extends one and is otherwise like it. */
interface Typed extends Originated {
  readonly type?: ClassValue;
}
export interface NoneValue extends Originated {
  readonly kind: 'none';
}
export interface BoolValue extends Originated {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface IntValue extends Typed {
  readonly kind: 'int';
  readonly value: number | bigint;
}
export interface FloatValue extends Typed {
  readonly kind: 'float';
  readonly value: number;
}
export interface StrValue extends Typed {
  readonly kind: 'str';
  readonly value: string;
}
export interface BytesValue extends Originated {
  readonly kind: 'bytes';
  /** One character per byte. */
  readonly value: string;
}
export interface SequenceValue extends Typed {
  readonly kind: 'list' | 'tuple' | 'set' | 'frozenset';
  items: Value[];
}
export interface DictValue extends Typed {
  readonly kind: 'dict';
  /** By a canonical spelling of the key (see `keyOf`), in insertion order. */
  entries: Map<string, { key: Value; value: Value }>;
}
/** A pathlib path. Paths inside the audited repository are absolute below `REPOSITORY`. */
export interface PathValue extends Originated {
  readonly kind: 'path';
  readonly value: string;
}
export interface FunctionValue extends Originated {
  readonly kind: 'function';
  readonly name: string;
  /** Private to the evaluator. */
  readonly closure: unknown;
}
export interface ClassValue extends Originated {
  readonly kind: 'class';
  readonly name: string;
  /** Dotted name of the module it stands in, and its own. */
  readonly qualifiedName: string;
  readonly bases: readonly Value[];
  readonly attributes: Map<string, Value>;
}
export interface InstanceValue extends Originated {
  readonly kind: 'instance';
  readonly class: ClassValue;
  readonly attributes: Map<string, Value>;
}
/** A module of the audited repository. */
export interface ModuleValue extends Originated {
  readonly kind: 'module';
  readonly name: string;
}
/** Something of a library that is not in the repository: a name in it, or what calling it gave. Known only by that. */
export interface ExternalValue extends Originated {
  readonly kind: 'external';
  /** `datetime.timedelta`, `storages.backends.s3.S3Storage` ... */
  readonly name: string;
  /** Set where this is the outcome of calling `name`. */
  readonly call?: { readonly args: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> };
}
export interface UnknownValue extends Originated {
  readonly kind: 'unknown';
  readonly reason: string;
  /** Everything it can be, where that is known: the outcomes of branches whose condition is not. */
  readonly candidates?: readonly Value[];
  /** It may not be there at all: a name, key or attribute that only one of two possible branches sets. */
  readonly absent?: boolean;
  /** Stands in a list, tuple or set for any number of items, none included: only there, and only as an item. */
  readonly rest?: true;
}

/** Stands for the audited root in paths that `__file__` gives, so that output does not depend on where it was checked out. */
export const REPOSITORY = '/repository';

export const NOWHERE: Origin = { locations: [], variables: [] };

/** The canonical spelling of a dictionary key: equal keys of Python (1 == True, 1 == 1.0) are equal here. Undefined where the key is not a known hashable value. */
export function keyOf(value: Value, depth = 0): string | undefined {
  switch (value.kind) {
    case 'str':
      return `s${value.value}`;
    case 'bytes':
      return `b${value.value}`;
    case 'path':
      return `p${value.value}`;
    case 'none':
      return 'n';
    case 'bool':
      return `i${value.value ? 1 : 0}`;
    case 'int':
    case 'float':
      return `i${value.value}`;
    case 'tuple': {
      // Tuples that hold each other twice over would be spelled out without end.
      if (depth > 8) return undefined;
      const parts = value.items.map((item) => keyOf(item, depth + 1));
      return parts.includes(undefined) ? undefined : `t${JSON.stringify(parts)}`;
    }
    case 'external':
      return value.call === undefined ? `e${value.name}` : undefined;
    case 'class':
      return `c${value.qualifiedName}`;
    default:
      return undefined;
  }
}

/** The value under a string key of a dict; undefined where there is none, or `value` is no dict. */
export function entry(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'dict' ? value.entries.get(`s${key}`)?.value : undefined;
}

/** The items of a list, tuple or set, `rest` among them where there may be more; undefined for anything else. */
export function items(value: Value | undefined): readonly Value[] | undefined {
  return value !== undefined && 'items' in value ? value.items : undefined;
}

/** The text of a str (or path); undefined for anything else. */
export function text(value: Value | undefined): string | undefined {
  return value?.kind === 'str' || value?.kind === 'path' ? value.value : undefined;
}
