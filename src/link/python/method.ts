import type { Arguments, Interpreter } from './interpreter.js';
import type { Value } from '../value.js';

/** A method (or property) of a builtin type: `self` is the value it is looked up on. */
export interface Method {
  readonly run: (py: Interpreter, self: Value, args: Arguments) => Value;
  readonly property?: boolean;
}

export type Methods = Readonly<Record<string, Method>>;
