import { fail, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { textOf } from '../../link/python/library.js';
import { spread } from '../../link/python/spread.js';
import {
  boolValue,
  derived,
  dictValue,
  floatValue,
  listValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

const TRUE = ['true', 'on', 'ok', 'y', 'yes', '1'];

const isClass = (value: Value, name: string): boolean =>
  value.kind === 'class' && value.qualifiedName === `builtins.${name}`;

export function castTo(py: Interpreter, cast: Value, value: Value, args: Arguments): Value {
  return py.call(cast, { positional: [value], keywords: new Map(), at: args.at });
}

/** `Env.parse_value` */
export function parseAs(py: Interpreter, value: Value, cast: Value | undefined, args: Arguments): Value {
  if (cast === undefined) return value;
  const open = spread(args.at, [value], ([one = value]) => parseAs(py, one, cast, args));
  if (open !== undefined) return open;
  const origin = derived(args.at, value);
  const text = textOf(value);
  if (isClass(cast, 'bool')) {
    if (value.kind === 'bool') return value;
    if (text === undefined) return castTo(py, cast, value, args);
    const number = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
    return boolValue(number === undefined ? TRUE.includes(text.toLowerCase().trim()) : number !== 0, origin);
  }
  if (text === undefined)
    return cast.kind === 'list' || cast.kind === 'tuple' || cast.kind === 'dict'
      ? unknownValue('the value is no text', origin)
      : castTo(py, cast, value, args);
  const parts = (given: string): Value[] =>
    given.split(',').flatMap((part) => (part === '' ? [] : strValue(part, origin)));
  const bare = text.replace(/^\(+|\(+$/g, '').replace(/^\)+|\)+$/g, '');
  if (cast.kind === 'list')
    return listValue(
      parts(text).map((part) => castTo(py, cast.items[0] ?? part, part, args)),
      origin,
    );
  if (cast.kind === 'tuple')
    return tupleValue(
      parts(bare).map((part) => castTo(py, cast.items[0] ?? part, part, args)),
      origin,
    );
  if (isClass(cast, 'list')) return listValue(parts(text), origin);
  if (isClass(cast, 'tuple')) return tupleValue(parts(bare), origin);
  if (isClass(cast, 'dict')) {
    const pairs = text.split(',').filter((part) => part !== '');
    if (pairs.some((part) => !part.includes('=')))
      return fail(py, 'ValueError', 'the dictionary in a variable has a part without =', args.at, value);
    return dictValue(
      pairs.map((part) => [
        strValue(part.slice(0, part.indexOf('=')), origin),
        strValue(part.slice(part.indexOf('=') + 1), origin),
      ]),
      origin,
    );
  }
  if (cast.kind === 'dict') {
    const part = (name: string): Value | undefined => cast.entries.get(`s${name}`)?.value;
    const byKey = part('cast');
    return dictValue(
      text.split(';').flatMap((pair): [Value, Value][] => {
        const [key, one] = pair.split('=');
        if (key === undefined || one === undefined) return [];
        const own = byKey?.kind === 'dict' ? byKey.entries.get(`s${key}`)?.value : undefined;
        const keyCast = part('key');
        const name = strValue(key, origin);
        return [
          [
            keyCast === undefined ? name : castTo(py, keyCast, name, args),
            parseAs(py, strValue(one, origin), own ?? part('value'), args),
          ],
        ];
      }),
      origin,
    );
  }
  if (isClass(cast, 'float')) {
    const cells = text.replace(/[^\d,.-]/g, '').split(/[,.]/);
    const number = Number(cells.length === 1 ? cells[0] : `${cells.slice(0, -1).join('')}.${cells.at(-1) ?? ''}`);
    return Number.isNaN(number)
      ? fail(py, 'ValueError', 'the variable is no number', args.at, value)
      : floatValue(number, origin);
  }
  return castTo(py, cast, value, args);
}
