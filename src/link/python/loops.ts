import { type Interpreter, type Frame, charge, LimitReached } from './interpreter.js';
import type { For, While } from '../../parse/python/ast.js';
import type { Completion } from './completion.js';
import { evaluate } from './expressions.js';
import { placeIn } from './place-in.js';
import { iterate } from './iterate.js';
import { store } from './assignment.js';
import { unknownValue, derived } from './values.js';
import { under } from './under.js';
import { truth } from './truth.js';
import type { Value } from '../value.js';
import { doubtOf } from './branches.js';
import { fork } from './journal.js';
import { forgetNames, effectsOf } from './scope.js';

export function runFor(py: Interpreter, frame: Frame, node: For): Completion {
  const source = evaluate(py, frame, node.iter);
  const at = placeIn(frame, node.target);
  const values = iterate(py, source, placeIn(frame, node.iter));
  if (values === undefined)
    return runUnsure(py, frame, node, source, () => {
      store(
        py,
        frame,
        node.target,
        unknownValue(
          source.kind === 'unknown' ? source.reason : 'what the loop runs over is not known',
          derived(at, source),
        ),
        at,
      );
    });
  for (const value of values) {
    charge(py);
    store(py, frame, node.target, value, at);
    const completion = under(frame, source.origin.variables, () => py.runBlock(frame, node.body, 'loop'));
    if (completion?.type === 'break') return undefined;
    if (completion?.type === 'return') return completion;
    if (completion?.type === 'mixed') return lose(py, frame, node, completion);
  }
  return py.runBlock(frame, node.orelse);
}

export function runWhile(py: Interpreter, frame: Frame, node: While): Completion {
  for (let turn = 0; turn < 100_000; turn++) {
    charge(py);
    const test = evaluate(py, frame, node.test);
    const known = truth(test);
    if (known === false) return py.runBlock(frame, node.orelse);
    if (known === undefined) return runUnsure(py, frame, node, test, () => undefined);
    const completion = under(frame, test.origin.variables, () => py.runBlock(frame, node.body, 'loop'));
    if (completion?.type === 'break') return undefined;
    if (completion?.type === 'return') return completion;
    if (completion?.type === 'mixed') return lose(py, frame, node, completion);
  }
  throw new LimitReached('a loop does not end');
}

/** A loop that may run any number of times: what it sets is not known, unless one turn changes nothing. */
function runUnsure(py: Interpreter, frame: Frame, node: For | While, cause: Value, before: () => void): Completion {
  const doubt = doubtOf(cause, placeIn(frame, node.type === 'For' ? node.iter : node.test), false);
  const outcome = fork<Completion>(
    py,
    doubt,
    () => {
      before();
      return py.runBlock(frame, node.body, 'loop');
    },
    () => undefined,
  );
  const completions = 'one' in outcome ? [outcome.one] : outcome.both;
  return completions.some((one) => one?.type === 'return' || one?.type === 'mixed')
    ? { type: 'mixed', reason: doubt.reason }
    : undefined;
}

/** Whether a loop goes on is not known: what it may still set is not either. */
function lose(
  py: Interpreter,
  frame: Frame,
  node: For | While,
  completion: Completion & { type: 'mixed' },
): Completion {
  forgetNames(py, frame, effectsOf([node]).names, completion.reason, placeIn(frame, node));
  return frame.kind === 'function' && effectsOf(node.body).leaves ? completion : undefined;
}
