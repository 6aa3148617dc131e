import type { Value, SequenceValue } from '../value.js';

export const isSet = (value: Value): value is SequenceValue => value.kind === 'set' || value.kind === 'frozenset';
