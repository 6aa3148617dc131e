import type { Location } from '../../location.js';
import { findInClass } from './class-order.js';
import { argument, nativeFunction, type Native } from './models.js';
import type { Arguments, Interpreter } from './interpreter.js';
import { spread } from './spread.js';
import { derived, unknownValue } from './values.js';
import type { Origin, Value } from '../value.js';

export type Names = ReadonlyMap<string, (py: Interpreter) => Value>;

/** Functions of one module, by their names in it. */
export function functionsOf(module: string, functions: Readonly<Record<string, Native>>): [string, () => Value][] {
  return Object.entries(functions).map(([name, run]) => [`${module}.${name}`, () => nativeFunction(name, run)]);
}

/** A function whose positional arguments must be known; `parameters` gives keywords their positions. */
export function known(
  compute: (py: Interpreter, values: readonly Value[], origin: Origin, args: Arguments) => Value | undefined,
  parameters: readonly string[] = [],
): Native {
  const run: Native = (py, args) => {
    const values: Value[] = [];
    const count = Math.max(args.positional.length, parameters.findLastIndex((name) => args.keywords.has(name)) + 1);
    for (let i = 0; i < count; i++) {
      const value = argument(args, i, parameters[i] ?? '#');
      if (value === undefined) break;
      values.push(value);
    }
    if (args.rest !== undefined) values.push(args.rest);
    const open = spread(args.at, values, (each) =>
      run(py, {
        at: args.at,
        positional: each,
        keywords: new Map([...args.keywords].filter(([name]) => !parameters.includes(name))),
      }),
    );
    if (open !== undefined) return open;
    const origin = derived(args.at, ...values);
    return compute(py, values, origin, args) ?? unknownValue('what the function gives is not known', origin);
  };
  return run;
}

export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'str' || value?.kind === 'path' ? value.value : undefined;

/** The text of a path; of an object that stands for one, what its class says (`__fspath__`). */
export function pathText(py: Interpreter, value: Value, at: Location): string | undefined {
  if (value.kind !== 'instance' || findInClass(value.class, '__fspath__').found === undefined) return textOf(value);
  return textOf(py.call(py.attribute(value, '__fspath__', at), { positional: [], keywords: new Map(), at }));
}
