import type { Location } from '../../location.js';
import type { BinaryOperator, CompareOperator } from '../../parse/python-ast.js';
import { percentFormat, toText } from './format.js';
import { LIMITS, charge, fail, type Interpreter } from './interpreter.js';
import { mayBeAbsent, touch } from './journal.js';
import { joinPath, pathlibText } from './path-text.js';
import {
  boolValue,
  bytesValue,
  derived,
  dictValue,
  externalValue,
  floatValue,
  intValue,
  pathValue,
  placesAfter,
  sameValue,
  sequenceValue,
  setValue,
  strValue,
  unite,
  unknownValue,
} from './values.js';
import { addDurations, isDuration } from './duration.js';
import { keyOf, type SequenceValue, type UnknownValue, type Value } from '../value.js';

/** What an unknown operand makes of the outcome: unknown for the same reason, with the outcomes of its candidates. */
export function spread(
  at: Location,
  values: readonly Value[],
  compute: (values: readonly Value[]) => Value,
): UnknownValue | undefined {
  const index = values.findIndex((value) => value.kind === 'unknown');
  const open = values[index];
  if (open?.kind !== 'unknown') return undefined;
  const origin = derived(at, ...values);
  const { candidates } = open;
  if (candidates === undefined || candidates.length > 8) return unknownValue(open.reason, origin);
  const outcomes: Value[] = [];
  for (const candidate of candidates) {
    const outcome = compute(values.map((value, i) => (i === index ? candidate : value)));
    const own = outcome.kind === 'unknown' ? outcome.candidates : [outcome];
    if (own === undefined) return unknownValue(open.reason, origin);
    for (const one of own) if (!outcomes.some((known) => sameValue(known, one))) outcomes.push(one);
  }
  return unknownValue(open.reason, origin, outcomes);
}

/** Whether a value counts as true; undefined where that is not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value) !== 0;
    case 'str':
    case 'bytes':
      return value.value !== '';
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.items.length > 0;
    case 'dict': {
      if (value.entries.size === 0) return false;
      return [...value.entries.values()].every((one) => mayBeAbsent(one.value)) ? undefined : true;
    }
    case 'path':
    case 'function':
    case 'module':
    case 'class':
      return true;
    case 'instance':
      return value.class.bases.length === 0 &&
        !value.class.attributes.has('__bool__') &&
        !value.class.attributes.has('__len__')
        ? true
        : undefined;
    case 'external':
      return isThing(value.name) && value.call === undefined ? true : undefined;
    case 'unknown': {
      const outcomes = new Set(value.candidates?.map(truth) ?? [undefined]);
      return outcomes.size === 1 ? [...outcomes][0] : undefined;
    }
  }
}

/** A module, class or function of a library, told by its spelling; a constant could be anything. */
export function isThing(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /[a-z]/.test(last) && !last.includes('(');
}

const numeric = (value: Value): number | bigint | undefined =>
  value.kind === 'int' || value.kind === 'float'
    ? value.value
    : value.kind === 'bool'
      ? Number(value.value)
      : undefined;

export function binary(py: Interpreter, op: BinaryOperator, a: Value, b: Value, at: Location): Value {
  charge(py);
  const open = spread(at, [a, b], ([x = a, y = b]) => binary(py, op, x, y, at));
  if (open !== undefined) return open;
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
  if (a.kind === 'external' || b.kind === 'external')
    return externalValue('operator', origin, { args: [strValue(op), a, b], keywords: new Map() });
  if (a.kind === 'instance' || b.kind === 'instance' || a.kind === 'class' || b.kind === 'class')
    return unknownValue(`the outcome of ${op} on an object is not known`, origin);
  return fail(py, 'TypeError', `${op} does not work on ${a.kind} and ${b.kind}`, at, a, b);
}

const isSet = (value: Value): value is SequenceValue => value.kind === 'set' || value.kind === 'frozenset';

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

function tooLarge(at: Location, ...from: readonly Value[]): UnknownValue {
  return unknownValue('the value is too large to be followed', derived(at, ...from));
}

function bounded(size: number, at: Location, make: () => Value, ...from: readonly Value[]): Value {
  return size > LIMITS.characters ? tooLarge(at, ...from) : make();
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

function arithmetic(
  py: Interpreter,
  op: BinaryOperator,
  a: Value,
  b: Value,
  x: number | bigint,
  y: number | bigint,
  at: Location,
): Value {
  const origin = derived(at, a, b);
  if (a.kind === 'bool' && b.kind === 'bool' && (op === '|' || op === '&' || op === '^')) {
    const bit = op === '|' ? a.value || b.value : op === '&' ? a.value && b.value : a.value !== b.value;
    return boolValue(bit, origin);
  }
  const zero = op === '/' || op === '//' || op === '%';
  if (zero && Number(y) === 0) return fail(py, 'ZeroDivisionError', 'division by zero', at, a, b);
  if (a.kind === 'float' || b.kind === 'float' || op === '/') {
    const left = Number(x);
    const right = Number(y);
    switch (op) {
      case '+':
        return floatValue(left + right, origin);
      case '-':
        return floatValue(left - right, origin);
      case '*':
        return floatValue(left * right, origin);
      case '/':
        return floatValue(left / right, origin);
      case '//':
        return floatValue(Math.floor(left / right), origin);
      case '%':
        return floatValue(left - right * Math.floor(left / right), origin);
      case '**':
        return left < 0 && !Number.isInteger(right) ? tooLarge(at, a, b) : floatValue(left ** right, origin);
      default:
        return fail(py, 'TypeError', `${op} does not work on floats`, at, a, b);
    }
  }
  const left = BigInt(x);
  const right = BigInt(y);
  const size = left.toString(16).length * 4;
  switch (op) {
    case '+':
      return whole(left + right, at, a, b);
    case '-':
      return whole(left - right, at, a, b);
    case '*':
      return whole(left * right, at, a, b);
    case '//':
      return whole(floorDivide(left, right), at, a, b);
    case '%':
      return whole(left - right * floorDivide(left, right), at, a, b);
    case '**':
      if (right < 0n) return floatValue(Number(left) ** Number(right), origin);
      return right * BigInt(size) > LIMITS.bits && left * left > 1n
        ? tooLarge(at, a, b)
        : whole(left ** right, at, a, b);
    case '<<':
      return right < 0n || right + BigInt(size) > LIMITS.bits ? tooLarge(at, a, b) : whole(left << right, at, a, b);
    case '>>':
      return right < 0n ? tooLarge(at, a, b) : whole(left >> (right > 100_000n ? 100_000n : right), at, a, b);
    case '|':
      return whole(left | right, at, a, b);
    case '&':
      return whole(left & right, at, a, b);
    case '^':
      return whole(left ^ right, at, a, b);
    default:
      return fail(py, 'TypeError', `${op} does not work on numbers`, at, a, b);
  }
}

function whole(value: bigint, at: Location, a: Value, b: Value): Value {
  const limit = 1n << BigInt(LIMITS.bits);
  return value > limit || value < -limit ? tooLarge(at, a, b) : intValue(value, derived(at, a, b));
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** `a += b` on containers changes them in place; undefined where it is `a = a + b`. */
export function inPlace(
  py: Interpreter,
  op: BinaryOperator,
  a: Value,
  b: readonly Value[] | undefined,
  other: Value,
  at: Location,
): Value | undefined {
  if (a.kind === 'list' && op === '+' && b !== undefined) {
    charge(py, b.length);
    if (a.items.length + b.length > LIMITS.items) return tooLarge(at, a, other);
    touch(py, a);
    a.items.push(...b);
    return changed(a, at, other);
  }
  if (a.kind === 'dict' && op === '|' && other.kind === 'dict') {
    touch(py, a);
    for (const [spelling, one] of other.entries) a.entries.set(spelling, one);
    return changed(a, at, other);
  }
  if (a.kind === 'set' && isSet(other) && (op === '|' || op === '&' || op === '-' || op === '^')) {
    const outcome = binary(py, op, a, other, at);
    if (outcome.kind !== 'set') return undefined;
    touch(py, a);
    a.items = outcome.items;
    return changed(a, at, other);
  }
  return undefined;
}

/** Notes the place that last changed a container, and on what the change depends. */
export function changed<T extends Value>(container: T, at: Location, ...by: readonly Value[]): T {
  let { variables } = container.origin;
  for (const value of by) variables = unite(variables, value.origin.variables);
  Object.assign(container, { origin: { locations: placesAfter([at], container.origin.locations), variables } });
  return container;
}

export function compare(py: Interpreter, op: CompareOperator, a: Value, b: Value, at: Location): Value {
  charge(py);
  const origin = derived(at, a, b);
  const outcome = relation(py, op, a, b, at);
  if (typeof outcome === 'boolean') return boolValue(outcome, origin);
  if (outcome !== undefined) return outcome;
  const open = spread(at, [a, b], ([x = a, y = b]) => compare(py, op, x, y, at));
  return open ?? unknownValue(`the outcome of a comparison (${op}) is not known`, origin);
}

function relation(py: Interpreter, op: CompareOperator, a: Value, b: Value, at: Location): boolean | Value | undefined {
  switch (op) {
    case 'is':
      return isIdentical(a, b);
    case 'is not':
      return negated(isIdentical(a, b));
    case '==':
      return overloadedEquality(py, a, b, at) ?? equals(a, b);
    case '!=':
      return negated(equals(a, b));
    case 'in':
      return contains(py, b, a);
    case 'not in':
      return negated(contains(py, b, a));
    default:
      return ordered(op, a, b);
  }
}

function overloadedEquality(py: Interpreter, a: Value, b: Value, at: Location): Value | undefined {
  if (a.kind !== 'instance' || !a.class.attributes.has('__eq__')) return undefined;
  return py.call(py.attribute(a, '__eq__', at), { positional: [b], keywords: new Map(), at });
}

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function isIdentical(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const open = a.kind === 'unknown' ? a : (b as UnknownValue);
    const other = a.kind === 'unknown' ? b : a;
    // Nothing that is known to differ from None can become it.
    const outcomes = new Set(open.candidates?.map((one) => isIdentical(one, other)) ?? [undefined]);
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }
  if (a.kind === 'external' || b.kind === 'external') {
    const [open, other] = a.kind === 'external' ? [a, b] : [b, a];
    if (other.kind === 'none' && open.kind === 'external') {
      if (open.call === undefined && isThing(open.name)) return false;
      return open.name === 'datetime.timedelta' || open.name === 'operator' ? false : undefined;
    }
    if (a.kind === 'external' && b.kind === 'external' && a.call === undefined && a.name === b.name) return true;
    return other.kind === 'external' ? undefined : false;
  }
  if (a.kind !== b.kind) return false;
  if (a.kind === 'none') return true;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  if (
    a.kind === 'list' ||
    a.kind === 'dict' ||
    a.kind === 'set' ||
    a.kind === 'instance' ||
    a.kind === 'class' ||
    a.kind === 'function'
  )
    return a === b;
  if (a.kind === 'int' && b.kind === 'int')
    return a.value === b.value && Number(a.value) >= -5 && Number(a.value) <= 256
      ? true
      : equals(a, b) === false
        ? false
        : undefined;
  return equals(a, b) === false ? false : a === b ? true : undefined;
}

/** Python's `==`; undefined where it is not known. */
export function equals(a: Value, b: Value, depth = 0): boolean | undefined {
  if (a === b && a.kind !== 'unknown' && a.kind !== 'float') return true;
  if (depth > 20) return undefined;
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const open = a.kind === 'unknown' ? a : (b as UnknownValue);
    const other = a.kind === 'unknown' ? b : a;
    if (open.candidates === undefined || open.candidates.length === 0) return undefined;
    const outcomes = new Set(open.candidates.map((one) => equals(one, other, depth + 1)));
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }
  if (a.kind === 'external' || b.kind === 'external') {
    if (a.kind === 'external' && b.kind === 'external')
      return sameValue(a, b) && a.call === undefined ? true : undefined;
    const open = a.kind === 'external' ? a : b;
    const other = a.kind === 'external' ? b : a;
    return open.kind === 'external' && open.call === undefined && isThing(open.name) && other.kind !== 'instance'
      ? false
      : undefined;
  }
  if (a.kind === 'instance' || b.kind === 'instance') return undefined;
  const x = numeric(a);
  const y = numeric(b);
  // Loose on purpose: 1 == 1n and 1 == 1.0, as in Python.

  if (x !== undefined && y !== undefined) return x == y;
  if (isSet(a) && isSet(b)) {
    const keys = a.items.map((one) => keyOf(one));
    const others = new Set(b.items.map((one) => keyOf(one)));
    if (keys.includes(undefined) || others.has(undefined)) return undefined;
    return keys.length === others.size && keys.every((key) => others.has(key));
  }
  if (a.kind !== b.kind) return false;
  if ('items' in a && 'items' in b) {
    if (a.items.length !== b.items.length) return false;
    return every(
      a.items.map((item, i) => [item, b.items[i] ?? item] as const),
      depth,
    );
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    if (a.entries.size !== b.entries.size)
      return [...a.entries.values(), ...b.entries.values()].some((one) => mayBeAbsent(one.value)) ? undefined : false;
    const pairs: (readonly [Value, Value])[] = [];
    for (const [key, { value }] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined) return mayBeAbsent(value) ? undefined : false;
      pairs.push([value, other.value]);
    }
    return every(pairs, depth);
  }
  if ('value' in a && 'value' in b) return a.value === b.value;
  if (a.kind === 'none') return true;
  return a === b;
}

function every(pairs: readonly (readonly [Value, Value])[], depth: number): boolean | undefined {
  let outcome: boolean | undefined = true;
  for (const [x, y] of pairs) {
    const one = equals(x, y, depth + 1);
    if (one === false) return false;
    if (one === undefined) outcome = undefined;
  }
  return outcome;
}

/** `item in container`; undefined where it is not known. */
export function contains(py: Interpreter, container: Value, item: Value): boolean | undefined {
  if (item.kind === 'unknown') return 'items' in container && container.items.length === 0 ? false : undefined;
  if (container.kind === 'str') return item.kind === 'str' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'bytes') return item.kind === 'bytes' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'dict') {
    const key = keyOf(item);
    if (key === undefined) return undefined;
    const found = container.entries.get(key);
    if (found !== undefined) return mayBeAbsent(found.value) ? undefined : true;
    return false;
  }
  if ('items' in container) {
    charge(py, container.items.length);
    let outcome: boolean | undefined = false;
    for (const one of container.items) {
      const same = equals(one, item);
      if (same === true) return true;
      if (same === undefined) outcome = undefined;
    }
    return outcome;
  }
  return undefined;
}

export function ordered(op: CompareOperator, a: Value, b: Value): boolean | undefined {
  const sign = order(a, b);
  if (sign === undefined) return undefined;
  switch (op) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    default:
      return undefined;
  }
}

/** Negative where a sorts before b; undefined where the two have no order or it is not known. */
export function order(a: Value, b: Value, depth = 0): number | undefined {
  if (depth > 20) return undefined;
  const x = numeric(a);
  const y = numeric(b);
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  if ((a.kind === 'str' || a.kind === 'path' || a.kind === 'bytes') && b.kind === a.kind)
    return compareText(a.value, b.value);
  if ((a.kind === 'list' || a.kind === 'tuple') && b.kind === a.kind) {
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
      const left = a.items[i];
      const right = b.items[i];
      if (left === undefined || right === undefined) return undefined;
      const sign = order(left, right, depth + 1);
      if (sign !== 0) return sign;
    }
    return a.items.length - b.items.length;
  }
  return undefined;
}

/** By code points, as Python orders strings. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

export function unary(py: Interpreter, op: '-' | '+' | '~' | 'not', value: Value, at: Location): Value {
  if (op === 'not') {
    const known = truth(value);
    if (known !== undefined) return boolValue(!known, derived(at, value));
    return unknownValue(
      value.kind === 'unknown' ? value.reason : 'whether the value is true is not known',
      derived(at, value),
      [boolValue(true), boolValue(false)],
    );
  }
  const open = spread(at, [value], ([one = value]) => unary(py, op, one, at));
  if (open !== undefined) return open;
  const number = numeric(value);
  const origin = derived(at, value);
  if (number === undefined) {
    if (value.kind === 'external')
      return externalValue('operator', origin, { args: [strValue(op), value], keywords: new Map() });
    return fail(py, 'TypeError', `${op} does not work on ${value.kind}`, at, value);
  }
  const signed = op === '-' ? -number : op === '~' ? (typeof number === 'bigint' ? ~number : -number - 1) : number;
  return value.kind === 'float' ? floatValue(Number(signed), origin) : intValue(signed, origin);
}

/** `str()` of a value, unknown where it is. */
export function textOf(value: Value, at: Location): Value {
  const text = toText(value);
  if (text !== undefined) return strValue(text, derived(at, value));
  const open = spread(at, [value], ([one = value]) => textOf(one, at));
  return open ?? unknownValue('the text of the value is not known', derived(at, value));
}
