import type { Native } from './models.js';
import { binary } from './binary.js';
import { derived, floatValue, intValue, strValue, tupleValue, unknownValue } from './values.js';

function number(compute: (value: number) => number | string): Native {
  return (_, args) => {
    const [value] = args.positional;
    const origin = derived(args.at, ...args.positional);
    if (value?.kind !== 'int' && value?.kind !== 'float')
      return unknownValue(value?.kind === 'unknown' ? value.reason : 'the number is not known', origin);
    const outcome = compute(Number(value.value));
    return typeof outcome === 'string'
      ? strValue(outcome, origin)
      : value.kind === 'int'
        ? intValue(outcome, origin)
        : floatValue(outcome, origin);
  };
}

/** Numbers and characters. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, Native>> = {
  abs: number((value) => Math.abs(value)),
  round: (_, args) => {
    const [value, digits] = args.positional;
    const origin = derived(args.at, ...args.positional);
    if (value?.kind === 'int') return value;
    if (value?.kind !== 'float')
      return unknownValue(value?.kind === 'unknown' ? value.reason : 'the number is not known', origin);
    if (digits?.kind === 'int')
      return floatValue(Number(value.value.toFixed(Math.min(20, Math.max(0, Number(digits.value))))), origin);
    const down = Math.floor(value.value);
    const rest = value.value - down;
    return intValue(rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down, origin);
  },
  pow: (py, args) => {
    const [a, b] = args.positional;
    return a === undefined || b === undefined || args.positional.length > 2
      ? unknownValue('the power is not known', derived(args.at))
      : binary(py, '**', a, b, args.at);
  },
  divmod: (py, args) => {
    const [a, b] = args.positional;
    if (a === undefined || b === undefined) return unknownValue('the numbers are not known', derived(args.at));
    return tupleValue([binary(py, '//', a, b, args.at), binary(py, '%', a, b, args.at)], derived(args.at, a, b));
  },
  ord: (_, args) => {
    const [value] = args.positional;
    return value?.kind === 'str' && value.value !== ''
      ? intValue(value.value.codePointAt(0) ?? 0, derived(args.at, value))
      : unknownValue('the character is not known', derived(args.at));
  },
  chr: (_, args) => {
    const [value] = args.positional;
    return value?.kind === 'int' && Number(value.value) >= 0 && Number(value.value) < 0x110000
      ? strValue(String.fromCodePoint(Number(value.value)), derived(args.at, value))
      : unknownValue('the character is not known', derived(args.at));
  },
  hex: number((value) => `${value < 0 ? '-' : ''}0x${Math.abs(value).toString(16)}`),
  oct: number((value) => `${value < 0 ? '-' : ''}0o${Math.abs(value).toString(8)}`),
  bin: number((value) => `${value < 0 ? '-' : ''}0b${Math.abs(value).toString(2)}`),
};
