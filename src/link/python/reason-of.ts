import type { Value } from '../value.js';

export function reasonOf(value: Value, otherwise: string): string {
  return value.kind === 'unknown' ? value.reason : otherwise;
}
