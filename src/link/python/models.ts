import type { Arguments, Interpreter, PythonModels } from './interpreter.js';

export type { PythonModels };
import type { ClassValue, FunctionValue, Value } from '../value.js';
import { NOWHERE } from '../value.js';

/** Code of ours that stands for a function of a library. */
export type Native = (py: Interpreter, args: Arguments) => Value;

/** What a function value carries: a definition of the audited program is added in `python-functions`. */
export interface NativeClosure {
  readonly type: 'native';
  readonly run: Native;
  /** Set where it does not take the instance it is looked up on. */
  readonly static?: boolean;
}

export function nativeFunction(name: string, run: Native): FunctionValue {
  const closure: NativeClosure = { type: 'native', run };
  return { kind: 'function', name, closure, origin: NOWHERE };
}

/** A method that gets the instance as first positional argument. */
export function nativeClass(
  qualifiedName: string,
  methods: Readonly<Record<string, Native>>,
  bases: readonly Value[] = [],
): ClassValue {
  const attributes = new Map<string, Value>();
  for (const [name, run] of Object.entries(methods)) attributes.set(name, nativeFunction(name, run));
  return {
    kind: 'class',
    name: qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1),
    qualifiedName,
    bases,
    attributes,
    origin: NOWHERE,
  };
}

export function joinModels(all: readonly Partial<PythonModels>[]): PythonModels {
  return {
    names: new Map(all.flatMap((models) => [...(models.names ?? [])])),
    distributions: new Map(all.flatMap((models) => [...(models.distributions ?? [])])),
  };
}

/** The argument at a position or under a name. */
export function argument(args: Arguments, index: number, name: string): Value | undefined {
  return args.keywords.get(name) ?? args.positional[index] ?? args.rest;
}

/** An exception of a library. */
export function exceptionModel(qualifiedName: string, base = 'Exception'): (py: Interpreter) => Value {
  return (py) => {
    const parent = py.exceptions.get(base);
    return nativeClass(qualifiedName, {}, parent === undefined ? [] : [parent]);
  };
}
