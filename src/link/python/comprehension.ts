import { type Interpreter, type Frame, LIMITS, LimitReached, charge } from './interpreter.js';
import type { Comprehension } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import { type Value, keyOf } from '../value.js';
import { dictValue, originAt, unite, unknownValue, derived, setValue, listValue } from './values.js';
import { iterateOpen } from './iterate.js';
import { isRest, restOf } from './rest.js';
import { placeIn } from './place-in.js';
import { unpack } from './unpack.js';
import { truth } from './truth.js';
import { reasonOf } from './reason-of.js';
import { instanceOfIterator } from './iterator.js';

export function comprehension(py: Interpreter, frame: Frame, node: Comprehension, at: Location): Value {
  const inner: Frame = {
    kind: 'comprehension',
    locals: dictValue([], originAt(at)),
    outer: frame,
    module: frame.module,
    globals: new Set(),
    nonlocals: new Set(),
    ...(frame.owner === undefined ? {} : { owner: frame.owner }),
    ...(frame.self === undefined ? {} : { self: frame.self }),
    control: frame.control,
  };
  const items: Value[] = [];
  const pairs: [Value, Value][] = [];
  let open: Value | undefined;
  let variables: readonly string[] = [];
  const run = (index: number): void => {
    const clause = node.clauses[index];
    if (clause === undefined) {
      const value = py.evaluate(inner, node.element);
      if (node.value === null) items.push(value);
      else pairs.push([value, py.evaluate(inner, node.value)]);
      if (items.length + pairs.length > LIMITS.items) throw new LimitReached('a comprehension gives too many items');
      return;
    }
    const source = py.evaluate(index === 0 ? frame : inner, clause.iter);
    variables = unite(variables, source.origin.variables);
    const values = iterateOpen(py, source, placeIn(frame, clause.iter));
    if (values === undefined) {
      open ??= source;
      return;
    }
    for (const value of values) {
      charge(py);
      if (isRest(value)) {
        // What is made of the items that are not known is not known either; the others stay.
        if (node.kind === 'dict') open ??= value;
        else items.push(restOf(value, at));
        continue;
      }
      unpack(py, inner, clause.target, value, placeIn(frame, clause.target));
      let keep = true;
      for (const condition of clause.ifs) {
        const test = py.evaluate(inner, condition);
        variables = unite(variables, test.origin.variables);
        const known = truth(test);
        if (known === undefined) open ??= test;
        if (known !== true) {
          keep = false;
          break;
        }
      }
      if (keep) run(index + 1);
      if (open !== undefined) return;
    }
  };
  run(0);
  const origin = { locations: [at], variables };
  if (open !== undefined)
    return unknownValue(reasonOf(open, 'what the comprehension runs over is not known'), derived(at, open));
  if (node.kind === 'dict') {
    if (pairs.some(([key]) => keyOf(key) === undefined))
      return unknownValue('a key of the dictionary is not known', derived(at, ...pairs.flat()));
    return dictValue(pairs, origin);
  }
  if (node.kind === 'generator') return instanceOfIterator(items, origin);
  return node.kind === 'set' ? setValue(items, origin) : listValue(items, origin);
}
