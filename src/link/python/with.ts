import type { Location } from '../../location.js';
import type { Statement, With } from '../../parse/python/ast.js';
import { store } from './assignment.js';
import { catches } from './catches.js';
import { findInClass } from './class-order.js';
import type { Completion } from './completion.js';
import { managerOf } from './context-manager.js';
import { evaluate } from './expressions.js';
import { PythonRaise, classOfException, isCaught, type Frame, type Handler, type Interpreter } from './interpreter.js';
import { placeIn } from './place-in.js';
import { effectsOf, forgetNames } from './scope.js';
import { truth } from './truth.js';
import { noneValue, unknownValue } from './values.js';
import type { ExternalValue, Value } from '../value.js';

/** `with a as b, c:` is the same as one block inside of the other. */
export function runWith(py: Interpreter, frame: Frame, node: With, from = 0): Completion {
  const item = node.items[from];
  if (item === undefined) return py.runBlock(frame, node.body);
  const at = placeIn(frame, node);
  const context = evaluate(py, frame, item.context);
  const body = (entered: Value): Completion => {
    py.frame = frame;
    if (item.target !== null) store(py, frame, item.target, entered, at);
    return runWith(py, frame, node, from + 1);
  };
  if (context.kind === 'external' && context.name === 'contextlib.suppress')
    return suppressing(py, frame, context, node.body, at, body);
  if (managerOf(context) !== undefined) return insideGenerator(py, frame, context, at, body);
  return between(py, frame, context, at, body);
}

/** Runs the body between `__enter__` and `__exit__`, which may swallow what the body raises. */
function between(
  py: Interpreter,
  frame: Frame,
  context: Value,
  at: Location,
  body: (entered: Value) => Completion,
): Completion {
  const entered = callMethod(py, context, '__enter__', [], at) ?? context;
  const leave = (error: PythonRaise | undefined): Value | undefined => {
    py.frame = frame;
    const nothing = noneValue();
    const type = error === undefined ? nothing : (classOfException(error.exception) ?? nothing);
    return callMethod(py, context, '__exit__', [type, error?.exception ?? nothing, nothing], at);
  };
  let completion: Completion;
  try {
    completion = body(entered);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    const outcome = leave(error);
    if (outcome !== undefined && truth(outcome) === true) return undefined;
    throw error;
  }
  leave(undefined);
  return completion;
}

function callMethod(
  py: Interpreter,
  context: Value,
  name: string,
  positional: readonly Value[],
  at: Location,
): Value | undefined {
  if (context.kind !== 'instance' || findInClass(context.class, name).found === undefined) return undefined;
  return py.call(py.attribute(context, name, at), { positional, keywords: new Map(), at });
}

/** The body runs where the generator yields, so that what stands behind the `yield` comes after it. */
function insideGenerator(
  py: Interpreter,
  frame: Frame,
  context: Value,
  at: Location,
  body: (entered: Value) => Completion,
): Completion {
  const manager = managerOf(context);
  const completions: Completion[] = [];
  let raised: PythonRaise | undefined;
  if (manager !== undefined)
    py.call(manager.function, {
      ...manager,
      at,
      atYield: (value) => {
        const generator = py.frame;
        try {
          completions.push(body(value));
        } catch (error) {
          // What nobody catches must not end at the call of the generator.
          if (error instanceof PythonRaise && !isCaught(py, classOfException(error.exception))) raised = error;
          throw error;
        } finally {
          py.frame = generator;
        }
      },
    });
  py.frame = frame;
  if (raised !== undefined) throw raised;
  const [only] = completions;
  if (completions.length === 1) return only;
  const reason = 'what a context manager gives is not known';
  if (completions.length === 0) return body(unknownValue(reason));
  return completions.some((one) => one !== undefined) ? { type: 'mixed', reason, returns: true } : undefined;
}

function suppressing(
  py: Interpreter,
  frame: Frame,
  context: ExternalValue,
  statements: readonly Statement[],
  at: Location,
  body: (entered: Value) => Completion,
): Completion {
  const types = context.call?.args ?? [];
  const handler: Handler = { catches: (type) => catches(types, type), possible: [] };
  py.handlers.push(handler);
  try {
    return body(noneValue());
  } catch (error) {
    if (!(error instanceof PythonRaise) || !catches(types, classOfException(error.exception))) throw error;
    py.frame = frame;
    return undefined;
  } finally {
    py.handlers.pop();
    const [possible] = handler.possible;
    if (possible !== undefined)
      forgetNames(py, frame, effectsOf(statements).names, `whether this raises is not known: ${possible.message}`, at);
  }
}
