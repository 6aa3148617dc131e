import { type Interpreter, fail, LIMITS } from './interpreter.js';
import type { BinaryOperator } from '../../parse/python/ast.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';
import { derived, boolValue, floatValue, intValue } from './values.js';
import { tooLarge } from './too-large.js';

export function arithmetic(
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
