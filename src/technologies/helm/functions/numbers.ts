import { numberOf } from '../formatted.js';
import { list, numeral, type Value } from '../value.js';
import type { Functions, GoFunction } from './functions.js';

/** Longer series are an attack or an accident. */
const LONGEST = 10_000;

const folded =
  (fold: (a: number, b: number) => number): GoFunction =>
  (args) => {
    const [first = 0, ...rest] = args.map(numberOf);
    return numeral(rest.reduce(fold, first));
  };

const rounded =
  (round: (value: number) => number): GoFunction =>
  ([value]) =>
    numeral(round(numberOf(value)));

const whole = rounded(Math.trunc);

function series(start: number, stop: number, step: number, take: (size: number) => void): Value {
  const items: Value[] = [];
  if (step === 0) return list(items);
  if (Math.abs((stop - start) / step) > LONGEST) take(Infinity);
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) items.push(numeral(at));
  return list(items);
}

export const functions: Functions = new Map<string, GoFunction>([
  ['int', whole],
  ['int64', whole],
  ['float64', rounded((value) => value)],
  ['toDecimal', ([value]) => numeral(Number.parseInt(String(numberOf(value)), 8) || 0)],
  ['floor', rounded(Math.floor)],
  ['ceil', rounded(Math.ceil)],
  ['round', rounded(Math.round)],
  ['add', folded((a, b) => a + b)],
  ['addf', folded((a, b) => a + b)],
  ['add1', rounded((value) => value + 1)],
  ['sub', folded((a, b) => a - b)],
  ['subf', folded((a, b) => a - b)],
  ['mul', folded((a, b) => a * b)],
  ['mulf', folded((a, b) => a * b)],
  ['div', folded((a, b) => (b === 0 ? 0 : Math.trunc(a / b)))],
  ['divf', folded((a, b) => (b === 0 ? 0 : a / b))],
  ['mod', folded((a, b) => (b === 0 ? 0 : a % b))],
  ['max', folded(Math.max)],
  ['maxf', folded(Math.max)],
  ['min', folded(Math.min)],
  ['minf', folded(Math.min)],
  ['biggest', folded(Math.max)],
  ['until', ([count], { take }) => series(0, numberOf(count), numberOf(count) < 0 ? -1 : 1, take)],
  ['untilStep', ([start, stop, step], { take }) => series(numberOf(start), numberOf(stop), numberOf(step), take)],
]);
