import type { Value } from '../link/value.js';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000,
};

/** A span of time as options take it: a number, or a text as https://github.com/vercel/ms reads it. Undefined where it is none that is known. */
export function milliseconds(value: Value): number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return Number(value.value);
  if (value.kind !== 'str') return undefined;
  const [, number = '', unit = 'ms'] = /^(-?\d*\.?\d+) *([a-z]*)$/i.exec(value.value.trim()) ?? [];
  if (number === '') return undefined;
  const factor = UNITS[shortOf(unit.toLowerCase())];
  return factor === undefined ? undefined : Number(number) * factor;
}

function shortOf(unit: string): string {
  if (/^(?:|ms|msecs?|milliseconds?)$/.test(unit)) return 'ms';
  return /^(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|yrs?|years?)$/.test(unit)
    ? unit.charAt(0)
    : unit;
}
