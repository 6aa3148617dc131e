import type { Interpreter, Arguments } from './interpreter.js';
import { type Value, keyOf } from '../value.js';
import { spread } from './spread.js';
import { derived, bytesValue, unknownValue, strValue, intValue, dictValue } from './values.js';
import { toText } from './format.js';

export function encode(py: Interpreter, self: Value, args: Arguments): Value {
  const open = spread(args.at, [self], ([one = self]) => encode(py, one, args));
  if (open !== undefined) return open;
  const origin = derived(args.at, self);
  return self.kind === 'str'
    ? bytesValue(Buffer.from(self.value, 'utf8').toString('latin1'), origin)
    : unknownValue('the text is not known', origin);
}

export function decode(py: Interpreter, self: Value, args: Arguments): Value {
  const open = spread(args.at, [self], ([one = self]) => decode(py, one, args));
  if (open !== undefined) return open;
  const origin = derived(args.at, self);
  const text = self.kind === 'bytes' ? Buffer.from(self.value, 'latin1').toString('utf8') : undefined;
  return text === undefined || text.includes('\ufffd')
    ? unknownValue('the bytes are no text', origin)
    : strValue(text, origin);
}

export function translate(py: Interpreter, self: Value, args: Arguments): Value {
  const [table] = args.positional;
  const origin = derived(args.at, self);
  if (self.kind !== 'str' || table?.kind !== 'dict') return unknownValue('the text is not known', origin);
  let text = '';
  for (const char of self.value) {
    const found = table.entries.get(keyOf(intValue(char.codePointAt(0) ?? 0)) ?? '')?.value;
    if (found === undefined) text += char;
    else if (found.kind !== 'none') text += toText(found) ?? '';
  }
  return strValue(text, origin);
}

export function maketrans(py: Interpreter, self: Value, args: Arguments): Value {
  const [from, to, gone] = args.positional;
  if (from?.kind !== 'str' || to?.kind !== 'str') return unknownValue('the table is not known', derived(args.at, self));
  const target = Array.from(to.value);
  const pairs = Array.from(from.value).map((char, i): [Value, Value] => [
    intValue(char.codePointAt(0) ?? 0),
    strValue(target[i] ?? ''),
  ]);
  if (gone?.kind === 'str')
    for (const char of gone.value)
      pairs.push([intValue(char.codePointAt(0) ?? 0), { kind: 'none', origin: gone.origin }]);
  return dictValue(pairs, derived(args.at, from, to));
}
