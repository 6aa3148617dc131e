import type { Interpreter, Frame, Arguments } from './interpreter.js';
import type { Call } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import type { Value, UnknownValue } from '../value.js';
import { iterate } from './iterate.js';
import { unknownValue, derived } from './values.js';
import { reasonOf } from './reason-of.js';

/** The arguments of a call, evaluated from left to right. */
export function callArguments(
  py: Interpreter,
  frame: Frame,
  node: Pick<Call, 'args' | 'keywords'>,
  at: Location,
): Arguments {
  const positional: Value[] = [];
  let rest: UnknownValue | undefined;
  for (const arg of node.args) {
    if (arg.type !== 'Starred') {
      positional.push(py.evaluate(frame, arg));
      continue;
    }
    const value = py.evaluate(frame, arg.value);
    const items = iterate(py, value, at);
    if (items === undefined)
      rest ??= unknownValue(reasonOf(value, 'the spread arguments are not known'), derived(at, value));
    else positional.push(...items);
  }
  const keywords = new Map<string, Value>();
  for (const keyword of node.keywords) {
    const value = py.evaluate(frame, keyword.value);
    if (keyword.name !== null) keywords.set(keyword.name, value);
    else if (value.kind === 'dict') {
      for (const one of value.entries.values()) if (one.key.kind === 'str') keywords.set(one.key.value, one.value);
    } else rest ??= unknownValue(reasonOf(value, 'the spread arguments are not known'), derived(at, value));
  }
  return { positional, keywords, at, ...(rest === undefined ? {} : { rest }) };
}
