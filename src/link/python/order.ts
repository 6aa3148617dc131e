import { isOpen } from './rest.js';
import type { Value } from '../value.js';
import { numeric } from './numeric.js';

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
    return isOpen(a) || isOpen(b) ? undefined : a.items.length - b.items.length;
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
