import { type Interpreter, type Frame, LIMITS, LimitReached, charge } from './interpreter.js';
import type { Expression } from '../../parse/python/ast.js';
import { type Value, keyOf } from '../value.js';
import { iterateOpen } from './iterate.js';
import { restOf } from './rest.js';
import { placeIn } from './place-in.js';
import { unknownValue, derived, setAt, dictValue, originAt } from './values.js';
import { reasonOf } from './reason-of.js';
import type { Location } from '../../location.js';
import { mayBeAbsent } from './journal.js';

export function elements(py: Interpreter, frame: Frame, nodes: readonly Expression[]): Value[] {
  const items: Value[] = [];
  for (const node of nodes) {
    if (node.type !== 'Starred') items.push(element(py.evaluate(frame, node), frame, node));
    else {
      const spreadOut = py.evaluate(frame, node.value);
      const place = placeIn(frame, node);
      items.push(
        ...(iterateOpen(py, spreadOut, place) ?? [restOf(spreadOut, place, 'the spread items are not known')]),
      );
    }
    if (items.length > LIMITS.items) throw new LimitReached('a display has too many items');
  }
  return items;
}

/** A value as it is put into a display: set where it stands there. */
function element(value: Value, frame: Frame, node: Expression): Value {
  return node.type === 'Constant' ? value : setAt(value, placeIn(frame, node), frame.control);
}

export function dict(py: Interpreter, frame: Frame, node: Expression & { type: 'Dict' }, at: Location): Value {
  const made = dictValue([], originAt(at));
  for (const [i, key] of node.keys.entries()) {
    const source = node.values[i];
    if (source === undefined) break;
    const value = py.evaluate(frame, source);
    if (key === null) {
      if (value.kind === 'dict') {
        charge(py, value.entries.size);
        for (const [spelling, one] of value.entries) {
          const before = made.entries.get(spelling);
          if (mayBeAbsent(one.value) && before !== undefined)
            made.entries.set(spelling, {
              key: one.key,
              value: unknownValue(reasonOf(one.value, ''), derived(at, one.value, before.value)),
            });
          else made.entries.set(spelling, one);
        }
      } else return unknownValue(reasonOf(value, 'the spread entries are not known'), derived(at, value));
      continue;
    }
    const name = py.evaluate(frame, key);
    const spelling = keyOf(name);
    if (spelling === undefined)
      return unknownValue(reasonOf(name, 'a key of the dictionary is not known'), derived(at, name));
    made.entries.set(spelling, { key: made.entries.get(spelling)?.key ?? name, value: element(value, frame, source) });
  }
  return made;
}
