import type { Location } from '../../location.js';
import type { Expression } from '../../parse/python/ast.js';
import { fail, type Frame, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { storeName } from './scope.js';
import { derived, listValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

/** Assigns a value to a target that holds names only, tuples and stars included. Others are given to `other`. */
export function unpack(
  py: Interpreter,
  frame: Frame,
  target: Expression,
  value: Value,
  at: Location,
  other?: (target: Expression, value: Value) => void,
): void {
  if (target.type === 'Name') storeName(py, frame, target.id, value, at);
  else if (target.type === 'Starred') unpack(py, frame, target.value, value, at, other);
  else if (target.type !== 'Tuple' && target.type !== 'List') other?.(target, value);
  else {
    const items = iterate(py, value, at);
    const star = target.elts.findIndex((one) => one.type === 'Starred');
    const after = star < 0 ? 0 : target.elts.length - star - 1;
    const fits =
      items !== undefined && (star < 0 ? items.length === target.elts.length : items.length >= target.elts.length - 1);
    const open =
      items === undefined
        ? unknownValue(
            value.kind === 'unknown' ? value.reason : 'the items to unpack are not known',
            derived(at, value),
          )
        : undefined;
    const wrong =
      open ?? (fits ? undefined : fail(py, 'ValueError', 'the number of items to unpack differs', at, value));
    for (const [i, element] of target.elts.entries()) {
      let part: Value | undefined;
      if (items === undefined || wrong !== undefined) part = wrong;
      else if (star < 0 || i < star) part = items[i];
      else if (i === star) part = listValue(items.slice(star, items.length - after), derived(at, value));
      else part = items[items.length - (target.elts.length - i)];
      if (part !== undefined) unpack(py, frame, element, part, at, other);
    }
  }
}
