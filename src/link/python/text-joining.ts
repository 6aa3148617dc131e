import type { Method } from './method.js';
import { spread } from './spread.js';
import { derived, unknownValue, tupleValue, strValue, listValue } from './values.js';
import { type Interpreter, type Arguments, fail, LIMITS } from './interpreter.js';
import type { Value } from '../value.js';
import { iterate } from './iterate.js';

export function partition(find: (text: string, mark: string) => number, right: boolean): Method {
  const run: Method['run'] = (py, self, args) => {
    const [mark] = args.positional;
    const open =
      mark === undefined
        ? undefined
        : spread(args.at, [self, mark], ([one = self, by = mark]) => run(py, one, { ...args, positional: [by] }));
    if (open !== undefined) return open;
    const origin = derived(args.at, self);
    if (self.kind !== 'str' || mark?.kind !== 'str') return unknownValue('the text is not known', origin);
    const at = find(self.value, mark.value);
    const parts =
      at < 0
        ? right
          ? ['', '', self.value]
          : [self.value, '', '']
        : [self.value.slice(0, at), mark.value, self.value.slice(at + mark.value.length)];
    return tupleValue(
      parts.map((part) => strValue(part, origin)),
      origin,
    );
  };
  return { run };
}

export function join(py: Interpreter, self: Value, args: Arguments): Value {
  const [list] = args.positional;
  const open =
    list === undefined
      ? undefined
      : spread(args.at, [self, list], ([one = self, by = list]) => join(py, one, { ...args, positional: [by] }));
  if (open !== undefined) return open;
  const items = list === undefined ? undefined : iterate(py, list, args.at);
  if (items === undefined || list === undefined || self.kind !== 'str')
    return unknownValue('the parts of the text are not known', derived(args.at, self));
  const origin = derived(args.at, self, list, ...items.slice(0, 50));
  const parts: string[] = [];
  let size = 0;
  for (const item of items) {
    if (item.kind === 'unknown') return spreadItems(py, self, items, args) ?? unknownValue(item.reason, origin);
    if (item.kind !== 'str') return fail(py, 'TypeError', `join was given ${item.kind}`, args.at, self, item);
    size += item.value.length + self.value.length;
    if (size > LIMITS.characters) return unknownValue('the text is too long', origin);
    parts.push(item.value);
  }
  if ((list.kind === 'set' || list.kind === 'frozenset') && parts.length > 1)
    return unknownValue('the order of a set is not known', origin);
  return strValue(parts.join(self.value), origin);
}

function spreadItems(py: Interpreter, self: Value, items: readonly Value[], args: Arguments): Value | undefined {
  return spread(args.at, items, (known) => join(py, self, { ...args, positional: [listValue([...known])] }));
}
