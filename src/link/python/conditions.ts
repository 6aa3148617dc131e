import type { Completion, Tail } from './completion.js';
import { type Interpreter, type Frame, charge } from './interpreter.js';
import type { If, Expression, Statement } from '../../parse/python/ast.js';
import { evaluate } from './expressions.js';
import type { Value } from '../value.js';
import { truth } from './truth.js';
import { under } from './under.js';
import { effectsOf, noteDependence } from './scope.js';
import { unite } from './values.js';
import { doubtOf } from './branches.js';
import { placeIn } from './place-in.js';
import { fork } from './journal.js';
import { perhaps } from './perhaps.js';
import { joinCompletions } from './join-completions.js';

interface Branched {
  readonly completion: Completion;
  /** Set where the rest of the block has been run as well. */
  readonly over: boolean;
}

export function runIf(py: Interpreter, frame: Frame, node: If, tail: Tail, rest: () => Completion): Branched {
  charge(py);
  py.frame = frame;
  const test = evaluate(py, frame, node.test);
  return branch(py, frame, test, node.test, node.body, node.orelse, tail, rest);
}

function branch(
  py: Interpreter,
  frame: Frame,
  test: Value,
  condition: Expression,
  body: readonly Statement[],
  orelse: readonly Statement[],
  tail: Tail,
  rest: () => Completion,
): Branched {
  const known = truth(test);
  const { variables } = test.origin;
  if (known !== undefined) {
    const [taken, left] = known ? [body, orelse] : [orelse, body];
    const completion = under(frame, variables, () => py.runBlock(frame, taken));
    const other = effectsOf(left);
    noteDependence(py, frame, other.names, variables);
    // Whether the rest runs at all was decided here.
    if (other.leaves) frame.control = unite(frame.control, variables);
    return { completion, over: false };
  }
  const doubt = doubtOf(test, placeIn(frame, condition));
  const leaves = effectsOf(body).leaves || effectsOf(orelse).leaves;
  const whole = (statements: readonly Statement[]) => (): Completion => {
    const completion = under(frame, variables, () => py.runBlock(frame, statements));
    if (completion?.type === 'mixed') return perhaps(py, frame, completion, rest);
    return completion !== undefined || !leaves ? completion : rest();
  };
  const outcome = fork(py, doubt, whole(body), whole(orelse));
  if ('one' in outcome) return { completion: outcome.one, over: leaves };
  // Without a statement that leaves, what follows is still to be run.
  return { completion: leaves ? joinCompletions(outcome.both, tail, doubt, frame) : undefined, over: leaves };
}
