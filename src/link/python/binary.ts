import { isOpen, restOf } from './rest.js';
import { type Interpreter, charge, LIMITS, fail } from './interpreter.js';
import type { BinaryOperator } from '../../parse/python/ast.js';
import { type SequenceValue, type Value, keyOf } from '../value.js';
import type { Location } from '../../location.js';
import { spread } from './spread.js';
import {
  derived,
  strValue,
  bytesValue,
  sequenceValue,
  pathValue,
  dictValue,
  setValue,
  externalValue,
  unknownValue,
} from './values.js';
import { numeric } from './numeric.js';
import { arithmetic } from './arithmetic.js';
import { tooLarge } from './too-large.js';
import { pathlibText, joinPath } from './path-text.js';
import { isSet } from './is-set.js';
import { isDuration, addDurations } from './duration.js';
import { percentFormat } from './format.js';

export function binary(py: Interpreter, op: BinaryOperator, a: Value, b: Value, at: Location): Value {
  charge(py);
  const open = spread(at, [a, b], ([x = a, y = b]) => binary(py, op, x, y, at));
  if (open !== undefined) return open.candidates === undefined && op === '+' ? (extended(a, b, at) ?? open) : open;
  const origin = derived(at, a, b);
  const overloaded = overload(py, op, a, b, at);
  if (overloaded !== undefined) return overloaded;
  const x = numeric(a);
  const y = numeric(b);
  if (x !== undefined && y !== undefined) return arithmetic(py, op, a, b, x, y, at);
  switch (op) {
    case '+': {
      if (a.kind === 'str' && b.kind === 'str')
        return bounded(a.value.length + b.value.length, at, () => strValue(a.value + b.value, origin), a, b);
      if (a.kind === 'bytes' && b.kind === 'bytes')
        return bounded(a.value.length + b.value.length, at, () => bytesValue(a.value + b.value, origin), a, b);
      if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
        charge(py, a.items.length + b.items.length);
        if (a.items.length + b.items.length > LIMITS.items) return tooLarge(at, a, b);
        return sequenceValue(a.kind, [...a.items, ...b.items], origin);
      }
      break;
    }
    case '*': {
      const [what, count] = y === undefined ? [b, x] : [a, y];
      if (count !== undefined && (what.kind === 'str' || what.kind === 'list' || what.kind === 'tuple'))
        return repeat(py, what, Number(count), at, a, b);
      break;
    }
    case '%':
      if (a.kind === 'str') return percent(py, a.value, b, at, a);
      break;
    case '/':
      if (a.kind === 'path' || b.kind === 'path') {
        const left = a.kind === 'path' || a.kind === 'str' ? a.value : undefined;
        const right = b.kind === 'path' || b.kind === 'str' ? b.value : undefined;
        if (left !== undefined && right !== undefined) return pathValue(pathlibText(joinPath(left, right)), origin);
      }
      break;
    case '|':
      if (a.kind === 'dict' && b.kind === 'dict')
        return dictValue(
          [...a.entries.values(), ...b.entries.values()].map((one) => [one.key, one.value]),
          origin,
        );
      if (isSet(a) && isSet(b)) return setValue([...a.items, ...b.items], origin);
      break;
    case '&':
    case '-':
    case '^':
      if (isSet(a) && isSet(b)) {
        charge(py, a.items.length + b.items.length);
        // What may be among the items of the other cannot be told to stay.
        if (isOpen(b) || (isOpen(a) && op !== '-')) return unknownValue('the items of a set are not known', origin);
        const keys = new Set(b.items.map((one) => keyOf(one)));
        const own = new Set(a.items.map((one) => keyOf(one)));
        if (op === '&')
          return setValue(
            a.items.filter((item) => keys.has(keyOf(item))),
            origin,
          );
        const left = a.items.filter((item) => !keys.has(keyOf(item)));
        return setValue(op === '-' ? left : [...left, ...b.items.filter((item) => !own.has(keyOf(item)))], origin);
      }
      break;
    default:
  }
  if (isDuration(a) || isDuration(b)) {
    const sum = addDurations(op, a, b, origin);
    if (sum !== undefined) return sum;
  }
  const joined = op === '+' ? extended(a, b, at) : undefined;
  if (joined !== undefined) return joined;
  if (a.kind === 'external' || b.kind === 'external')
    return externalValue('operator', origin, { args: [strValue(op), a, b], keywords: new Map() });
  if (a.kind === 'instance' || b.kind === 'instance' || a.kind === 'class' || b.kind === 'class')
    return unknownValue(`the outcome of ${op} on an object is not known`, origin);
  return fail(py, 'TypeError', `${op} does not work on ${a.kind} and ${b.kind}`, at, a, b);
}

const METHODS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '|': 'or',
  '&': 'and',
  '^': 'xor',
  '**': 'pow',
};

function overload(py: Interpreter, op: BinaryOperator, a: Value, b: Value, at: Location): Value | undefined {
  const name = METHODS[op];
  if (name === undefined) return undefined;
  for (const [self, other, method] of [
    [a, b, `__${name}__`],
    [b, a, `__r${name}__`],
  ] as const) {
    if (self.kind !== 'instance' || !self.class.attributes.has(method)) continue;
    return py.call(py.attribute(self, method, at), { positional: [other], keywords: new Map(), at });
  }
  return undefined;
}

function bounded(size: number, at: Location, make: () => Value, ...from: readonly Value[]): Value {
  return size > LIMITS.characters ? tooLarge(at, ...from) : make();
}

/** A list and something that is not known but must be one: what is known of it stays. */
function extended(a: Value, b: Value, at: Location): SequenceValue | undefined {
  const isList = (value: Value): value is SequenceValue => value.kind === 'list' || value.kind === 'tuple';
  const isDark = (value: Value): boolean => value.kind === 'unknown' || value.kind === 'external';
  const origin = derived(at, a, b);
  if (isList(a) && isDark(b)) return sequenceValue(a.kind, [...a.items, restOf(b, at)], origin);
  if (isList(b) && isDark(a)) return sequenceValue(b.kind, [restOf(a, at), ...b.items], origin);
  return undefined;
}

function repeat(py: Interpreter, what: Value, count: number, at: Location, a: Value, b: Value): Value {
  const times = Math.max(0, count);
  const origin = derived(at, a, b);
  if (what.kind === 'str')
    return bounded(what.value.length * times, at, () => strValue(what.value.repeat(times), origin), a, b);
  if (!('items' in what)) return tooLarge(at, a, b);
  const size = what.items.length * times;
  if (size > LIMITS.items) return tooLarge(at, a, b);
  charge(py, size);
  return sequenceValue(what.kind, Array.from({ length: times }, () => what.items).flat(), origin);
}

function percent(py: Interpreter, template: string, value: Value, at: Location, a: Value): Value {
  const queue = value.kind === 'tuple' ? [...value.items] : [value];
  const used: Value[] = [];
  const take = (one: Value | undefined): Value | undefined => {
    if (one !== undefined) used.push(one);
    return one;
  };
  charge(py, template.length >> 4);
  const text = percentFormat(
    template,
    () => take(queue.shift()),
    (key) => take(value.kind === 'dict' ? value.entries.get(`s${key}`)?.value : undefined),
  );
  const origin = derived(at, a, value, ...used);
  if (text !== undefined) return strValue(text, origin);
  const open = used.find((one) => one.kind === 'unknown');
  return unknownValue(open?.kind === 'unknown' ? open.reason : 'a value in the text is not known', origin);
}
