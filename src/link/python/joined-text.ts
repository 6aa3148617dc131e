import { type Interpreter, type Frame, LIMITS } from './interpreter.js';
import type { FormattedValue } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import type { Value } from '../value.js';
import { toText, toRepr, formatValue } from './format.js';
import { strValue, unknownValue, derived } from './values.js';
import { reasonOf } from './reason-of.js';

export function joined(
  py: Interpreter,
  frame: Frame,
  values: readonly (string | FormattedValue)[],
  at: Location,
): Value {
  let text = '';
  let open: Value | undefined;
  const used: Value[] = [];
  for (const part of values) {
    if (typeof part === 'string') text += part;
    else {
      const value = py.evaluate(frame, part.value);
      used.push(value);
      const spec = part.format === null ? '' : joined(py, frame, part.format, at);
      const shown = part.conversion === null ? undefined : part.conversion === 's' ? toText(value) : toRepr(value);
      const one =
        typeof spec !== 'string' && spec.kind !== 'str'
          ? undefined
          : formatValue(shown === undefined ? value : strValue(shown), typeof spec === 'string' ? spec : spec.value);
      if (one === undefined || (part.conversion !== null && shown === undefined)) open ??= value;
      else text += one;
    }
    if (text.length > LIMITS.characters) return unknownValue('the text is too long', derived(at, ...used));
  }
  const origin = derived(at, ...used);
  if (open === undefined) return strValue(text, origin);
  const unknownPart = used.filter((one) => one.kind === 'unknown');
  const [single] = unknownPart;
  // With one part in doubt, each of its candidates gives one text.
  if (unknownPart.length === 1 && single?.kind === 'unknown' && single.candidates !== undefined) {
    const texts = single.candidates.map((candidate) => {
      let i = 0;
      const parts = values.map((part) => {
        if (typeof part === 'string') return part;
        const value = used[i++];
        return value === undefined || part.format !== null || part.conversion !== null
          ? undefined
          : toText(value === single ? candidate : value);
      });
      return parts.includes(undefined) ? undefined : strValue(parts.join(''), origin);
    });
    const known = texts.filter((one) => one !== undefined);
    if (known.length === texts.length) return unknownValue(single.reason, origin, known);
  }
  return unknownValue(reasonOf(open, 'the text of a value is not known'), origin);
}
