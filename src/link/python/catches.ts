import { isSubclass } from './class-order.js';
import type { ClassValue, Value } from '../value.js';

/** What an `except` names; `all` where it names nothing. */
export type Caught = readonly Value[] | 'all';

/** Whether exceptions of a class are among those; of a class that is not known, only where everything is. */
export function catches(types: Caught, type: ClassValue | undefined): boolean {
  if (types === 'all') return true;
  return types.some((one) => {
    if (one.kind === 'class') {
      if (one.qualifiedName === 'builtins.Exception' || one.qualifiedName === 'builtins.BaseException') return true;
      return type !== undefined && isSubclass(type, one) === true;
    }
    return one.kind === 'external' && type !== undefined && isSubclass(type, one) === true;
  });
}
