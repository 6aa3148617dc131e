import { functionsOf, known, textOf } from '../../link/python/library.js';
import type { Interpreter } from '../../link/python/interpreter.js';
import type { PythonModels } from '../../link/python/models.js';
import { floatValue, intValue, noneValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:weeks?|wks?|w)$/, 604_800],
  [/^(?:days?|d)$/, 86_400],
  [/^(?:hours?|hrs?|h)$/, 3600],
  [/^(?:minutes?|mins?|m)$/, 60],
  [/^(?:seconds?|secs?|s)$/, 1],
];

/** From pytimeparse 1.1: `30 days` or `1h, 30m` to seconds. Clock notation is left out. */
function seconds(text: string): number | undefined {
  let total = 0;
  const rest = text
    .toLowerCase()
    .replace(/(\d+(?:\.\d+)?)\s*([a-z]+)\s*,?\s*/g, (whole, amount: string, unit: string) => {
      const size = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
      if (size === undefined) return whole;
      total += Number(amount) * size;
      return '';
    });
  return rest.trim() === '' && text.trim() !== '' ? total : undefined;
}

const parse = known((_, [value], origin) => {
  const text = textOf(value);
  if (text === undefined || text.includes(':')) return undefined;
  const total = seconds(text);
  if (total === undefined) return noneValue(origin);
  return Number.isInteger(total) ? intValue(total, origin) : floatValue(total, origin);
});

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('pytimeparse', { parse }),
    ...functionsOf('pytimeparse.timeparse', { timeparse: parse }),
  ]),
};
