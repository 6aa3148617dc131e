import { type Interpreter, type Frame, charge, LimitReached } from './interpreter.js';
import type { For, While } from '../../parse/python/ast.js';
import { mixed, type Completion } from './completion.js';
import { perhaps } from './perhaps.js';
import { isRest } from './rest.js';
import { reasonOf } from './reason-of.js';
import { evaluate } from './expressions.js';
import { placeIn } from './place-in.js';
import { iterateOpen } from './iterate.js';
import { store } from './assignment.js';
import { unknownValue, derived } from './values.js';
import { under } from './under.js';
import { truth } from './truth.js';
import type { Value } from '../value.js';
import { doubtOf } from './branches.js';
import { fork } from './journal.js';
import { forgetNames, effectsOf } from './scope.js';

/** Beyond this many turns, what a loop that may have ended goes on to set is given up. */
const TURNS = 60;

export function runFor(py: Interpreter, frame: Frame, node: For): Completion {
  const source = evaluate(py, frame, node.iter);
  const at = placeIn(frame, node.target);
  const values = iterateOpen(py, source, placeIn(frame, node.iter));
  const unsure = (cause: Value, reason: string): Completion =>
    runUnsure(py, frame, node, cause, () => {
      store(py, frame, node.target, unknownValue(reason, derived(at, cause)), at);
    });
  if (values === undefined) return unsure(source, reasonOf(source, 'what the loop runs over is not known'));
  // Set once it is not known whether the loop has ended before.
  let ended: (Completion & { type: 'mixed' }) | undefined;
  for (const [i, value] of values.entries()) {
    charge(py);
    const turn = (): Completion => {
      if (isRest(value)) return unsure(value, value.reason);
      store(py, frame, node.target, value, at);
      return under(frame, source.origin.variables, () => py.runBlock(frame, node.body, 'loop'));
    };
    const completion = ended === undefined ? turn() : perhaps(py, frame, ended, turn);
    if (completion?.type === 'break') return undefined;
    if (completion?.type === 'return') return completion;
    if (completion?.type !== 'mixed') continue;
    ended = completion;
    if (values.length - i > TURNS) return lose(py, frame, node, completion);
  }
  const orelse = (): Completion => py.runBlock(frame, node.orelse);
  if (ended === undefined) return orelse();
  const outcome = node.orelse.length > 0 ? perhaps(py, frame, ended, orelse) : ended;
  return outcome.returns ? outcome : undefined;
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
  const completion = mixed(doubt.reason, ...('one' in outcome ? [outcome.one] : outcome.both));
  return completion.returns ? completion : undefined;
}

/** Whether a loop goes on is not known: what it may still set is not either. */
function lose(
  py: Interpreter,
  frame: Frame,
  node: For | While,
  completion: Completion & { type: 'mixed' },
): Completion {
  forgetNames(py, frame, effectsOf([node]).names, completion.reason, placeIn(frame, node));
  return frame.kind === 'function' && completion.returns ? completion : undefined;
}
