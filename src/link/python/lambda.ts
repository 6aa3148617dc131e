import type { Interpreter, Frame } from './interpreter.js';
import type { Parameters, Lambda } from '../../parse/python/ast.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { functionValue } from './functions.js';
import { originAt } from './values.js';

/** The defaults of parameters, evaluated where the function is defined. */
export function defaultsOf(py: Interpreter, frame: Frame, params: Parameters): ReadonlyMap<string, Value> {
  const defaults = new Map<string, Value>();
  for (const param of params.list)
    if (param.default !== null) defaults.set(param.name, py.evaluate(frame, param.default));
  return defaults;
}

const NONE: ReadonlySet<string> = new Set();

export function lambda(py: Interpreter, frame: Frame, node: Lambda, at: Location): Value {
  return functionValue(
    '<lambda>',
    {
      type: 'defined',
      params: node.params,
      body: node.body,
      frame,
      defaults: defaultsOf(py, frame, node.params),
      generator: false,
      asynchronous: false,
      globals: NONE,
      nonlocals: NONE,
      owner: undefined,
    },
    originAt(at),
  );
}
