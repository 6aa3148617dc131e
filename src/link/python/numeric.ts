import type { Value } from '../value.js';

export const numeric = (value: Value): number | bigint | undefined =>
  value.kind === 'int' || value.kind === 'float'
    ? value.value
    : value.kind === 'bool'
      ? Number(value.value)
      : undefined;
