import type { Methods } from './method.js';
import { boolValue, derived, intValue, unknownValue } from './values.js';

export const NUMBER_METHODS: Methods = {
  bit_length: {
    run: (_, self, args) =>
      self.kind === 'int'
        ? intValue(BigInt(self.value).toString(2).replace(/^-/, '').length, derived(args.at, self))
        : unknownValue('the number is not known'),
  },
  is_integer: {
    run: (_, self, args) =>
      self.kind === 'float' || self.kind === 'int'
        ? boolValue(self.kind === 'int' || Number.isInteger(self.value), derived(args.at, self))
        : unknownValue('the number is not known'),
  },
};
