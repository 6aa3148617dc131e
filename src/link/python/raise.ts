import { type Interpreter, type Frame, PythonRaise } from './interpreter.js';
import type { Statement } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import { unknownValue, originAt } from './values.js';
import { evaluate } from './expressions.js';
import type { Value } from '../value.js';

export function raise(py: Interpreter, frame: Frame, node: Statement & { type: 'Raise' }, at: Location): never {
  if (node.exc === null) {
    const current = frame.locals.entries.get('s#exception')?.value ?? unknownValue('an exception', originAt(at));
    throw new PythonRaise(current, at, describe(current));
  }
  let exception = evaluate(py, frame, node.exc);
  if (exception.kind === 'class') exception = py.call(exception, { positional: [], keywords: new Map(), at });
  throw new PythonRaise(exception, at, describe(exception));
}

function describe(exception: Value): string {
  const name =
    exception.kind === 'instance'
      ? exception.class.name
      : exception.kind === 'external'
        ? exception.name
        : 'an exception';
  const args = exception.kind === 'instance' ? exception.attributes.get('args') : undefined;
  const given = exception.kind === 'external' ? (exception.call?.args ?? []) : [];
  const [first] = args !== undefined && 'items' in args ? args.items : given;
  return `the code raises ${name}${first?.kind === 'str' ? `: ${first.value}` : ''}`;
}
