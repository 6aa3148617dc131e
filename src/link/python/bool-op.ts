import type { Interpreter, Frame } from './interpreter.js';
import type { BoolOp } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import type { Value } from '../value.js';
import { dependingOn, unite, unknownValue, originAt } from './values.js';
import { truth } from './truth.js';
import { fold } from './branches.js';

export function boolOp(py: Interpreter, frame: Frame, node: BoolOp, at: Location, from: number): Value {
  let variables: readonly string[] = [];
  for (let i = from; i < node.values.length; i++) {
    const source = node.values[i];
    if (source === undefined) break;
    const value = py.evaluate(frame, source);
    const last = i === node.values.length - 1;
    if (last) return dependingOn(value, variables);
    const known = truth(value);
    if (known === undefined) {
      const rest = (): Value => boolOp(py, frame, node, at, i + 1);
      const keep = (): Value => keepWhere(value, node.op === 'or');
      return dependingOn(
        node.op === 'or' ? fold(py, value, at, keep, rest) : fold(py, value, at, rest, keep),
        variables,
      );
    }
    variables = unite(variables, value.origin.variables);
    if (known === (node.op === 'or')) return dependingOn(value, variables);
  }
  return unknownValue('the code could not be read', originAt(at));
}

/** What a value can be where it is known whether it counts as true. */
function keepWhere(value: Value, wanted: boolean): Value {
  if (value.kind !== 'unknown' || value.candidates === undefined) return value;
  const left = value.candidates.filter((one) => truth(one) !== !wanted);
  const [only] = left;
  return left.length === 1 && only !== undefined ? only : unknownValue(value.reason, value.origin, left);
}
