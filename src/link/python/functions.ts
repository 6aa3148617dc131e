import type { Expression, Parameters, Statement } from '../../parse/python/ast.js';
import type { Frame } from './interpreter.js';
import type { NativeClosure } from './models.js';
import type { ClassValue, FunctionValue, Origin, Value } from '../value.js';

/** What a function value carries besides its name. */
export type Closure = DefinedClosure | NativeClosure | BoundClosure | WrapperClosure | PropertyClosure;

/** A `def` or `lambda` of the audited program. */
export interface DefinedClosure {
  readonly type: 'defined';
  readonly params: Parameters;
  readonly body: readonly Statement[] | Expression;
  readonly frame: Frame;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly generator: boolean;
  readonly asynchronous: boolean;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** The class it is a method of, once that class exists. */
  owner: ClassValue | undefined;
}

export interface BoundClosure {
  readonly type: 'bound';
  readonly self: Value;
  readonly function: FunctionValue;
}

export interface WrapperClosure {
  readonly type: 'static' | 'class';
  readonly function: Value;
}

export interface PropertyClosure {
  readonly type: 'property';
  readonly get: Value;
  readonly set?: Value;
}

export function closureOf(value: FunctionValue): Closure {
  return value.closure as Closure;
}

export function functionValue(name: string, closure: Closure, origin: Origin): FunctionValue {
  return { kind: 'function', name, closure, origin };
}

export function bind(self: Value, method: FunctionValue): FunctionValue {
  return functionValue(method.name, { type: 'bound', self, function: method }, method.origin);
}
