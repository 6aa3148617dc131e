import type { Interpreter } from './interpreter.js';
import type { Value } from '../value.js';
import type { Location } from '../../location.js';

export function enter(py: Interpreter, context: Value, at: Location): Value {
  if (context.kind === 'instance' && context.class.attributes.has('__enter__'))
    return py.call(py.attribute(context, '__enter__', at), { positional: [], keywords: new Map(), at });
  return context;
}
