import type { Location } from '../../location.js';
import { boolValue, derived, floatValue, intValue, noneValue, strValue, unknownValue } from '../python/values.js';
import type { Origin, Value } from '../value.js';
import { isNull, toNumber, toText, truthOf } from './values.js';

export function numberValue(value: number, origin: Origin): Value {
  return Number.isInteger(value) ? intValue(value, origin) : floatValue(value, origin);
}

export function unary(operator: string, value: Value | undefined, at: Location): Value {
  if (value === undefined) return unknownValue('an operator', { locations: [at], variables: [] });
  const origin = derived(at, value);
  if (operator === 'void') return noneValue(origin);
  if (operator === '!') {
    const truth = truthOf(value);
    return truth === undefined ? unknownValue('a condition is not known', origin) : boolValue(!truth, origin);
  }
  if (operator === 'typeof') {
    const type = typeOf(value);
    return type === undefined ? unknownValue('the type is not known', origin) : strValue(type, origin);
  }
  const number = toNumber(value);
  if (number === undefined) return unknownValue('no number', origin);
  if (operator === '-') return numberValue(-number, origin);
  if (operator === '+') return numberValue(number, origin);
  return operator === '~' ? numberValue(~number, origin) : unknownValue(`the operator ${operator}`, origin);
}

function typeOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
      return isNull(value) ? 'object' : 'undefined';
    case 'bool':
      return 'boolean';
    case 'int':
      return typeof value.value === 'bigint' ? 'bigint' : 'number';
    case 'float':
      return 'number';
    case 'str':
    case 'path':
      return 'string';
    case 'function':
      return 'function';
    case 'list':
    case 'dict':
      return 'object';
    default:
      return undefined;
  }
}

export function binary(operator: string, left: Value | undefined, right: Value | undefined, at: Location): Value {
  if (left === undefined || right === undefined) return unknownValue('an operator', { locations: [at], variables: [] });
  const origin = derived(at, left, right);
  switch (operator) {
    case '===':
    case '!==':
    case '==':
    case '!=': {
      const equal = operator.length === 3 ? same(left, right) : alike(left, right);
      if (equal === undefined) return unknownValue('a comparison of what is not known', origin);
      return boolValue(equal === operator.startsWith('='), origin);
    }
    case '+': {
      if (isText(left) || isText(right)) {
        const [a, b] = [toText(left), toText(right)];
        return a === undefined || b === undefined
          ? unknownValue('a part of a text is not known', origin)
          : strValue(a + b, origin);
      }
      return arithmetic(operator, left, right, origin);
    }
    case 'in':
      return right.kind === 'dict' && left.kind === 'str'
        ? boolValue(right.entries.has(`s${left.value}`), origin)
        : unknownValue('whether a key is there', origin);
    default:
      return arithmetic(operator, left, right, origin);
  }
}

const isText = (value: Value): boolean => value.kind === 'str' || value.kind === 'path';
const isScalar = (value: Value): boolean =>
  value.kind === 'str' ||
  value.kind === 'int' ||
  value.kind === 'float' ||
  value.kind === 'bool' ||
  value.kind === 'none';

function same(a: Value, b: Value): boolean | undefined {
  if (!isScalar(a) || !isScalar(b)) {
    // An object is never equal to a scalar.
    const known = [a, b].filter((one) => one.kind === 'list' || one.kind === 'dict' || one.kind === 'function');
    return known.length === 1 && [a, b].some(isScalar) ? false : undefined;
  }
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind && isNull(a) === isNull(b);
  const numbers = (one: Value): boolean => one.kind === 'int' || one.kind === 'float';
  if (numbers(a) && numbers(b)) return toNumber(a) === toNumber(b);
  return a.kind === b.kind && 'value' in a && 'value' in b && a.value === b.value;
}

function alike(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'none' || b.kind === 'none') {
    const other = a.kind === 'none' ? b : a;
    return other.kind === 'none'
      ? true
      : isScalar(other) || other.kind === 'dict' || other.kind === 'list'
        ? false
        : undefined;
  }
  if (!isScalar(a) || !isScalar(b)) return undefined;
  return a.kind === b.kind ? same(a, b) : toNumber(a) === toNumber(b);
}

function arithmetic(operator: string, left: Value, right: Value, origin: Origin): Value {
  if (isText(left) && isText(right) && /^[<>]/.test(operator)) {
    const [a = '', b = ''] = [toText(left), toText(right)];
    if (operator === '<') return boolValue(a < b, origin);
    if (operator === '>') return boolValue(a > b, origin);
    if (operator === '<=') return boolValue(a <= b, origin);
    if (operator === '>=') return boolValue(a >= b, origin);
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a === undefined || b === undefined) return unknownValue('arithmetic with what is no number', origin);
  switch (operator) {
    case '+':
      return numberValue(a + b, origin);
    case '-':
      return numberValue(a - b, origin);
    case '*':
      return numberValue(a * b, origin);
    case '/':
      return numberValue(a / b, origin);
    case '%':
      return numberValue(a % b, origin);
    case '**':
      return numberValue(a ** b, origin);
    case '<<':
      return numberValue(a << b, origin);
    case '>>':
      return numberValue(a >> b, origin);
    case '>>>':
      return numberValue(a >>> b, origin);
    case '|':
      return numberValue(a | b, origin);
    case '&':
      return numberValue(a & b, origin);
    case '^':
      return numberValue(a ^ b, origin);
    case '<':
      return boolValue(a < b, origin);
    case '>':
      return boolValue(a > b, origin);
    case '<=':
      return boolValue(a <= b, origin);
    case '>=':
      return boolValue(a >= b, origin);
    default:
      return unknownValue(`the operator ${operator}`, origin);
  }
}
