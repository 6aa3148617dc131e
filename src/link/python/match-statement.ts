import type { Interpreter, Frame } from './interpreter.js';
import type { Match } from '../../parse/python/ast.js';
import type { Completion } from './completion.js';
import { evaluate } from './expressions.js';
import { matches } from './match.js';
import { placeIn } from './place-in.js';
import { storeName } from './scope.js';
import { truth } from './truth.js';
import { under } from './under.js';
import { doubtOf } from './branches.js';
import { fork } from './journal.js';
import { joinCompletions } from './join-completions.js';

export function runMatch(py: Interpreter, frame: Frame, node: Match): Completion {
  const subject = evaluate(py, frame, node.subject);
  const from = (index: number): Completion => {
    const one = node.cases[index];
    if (one === undefined) return undefined;
    const outcome = matches(py, frame, one.pattern, subject, (part) => evaluate(py, frame, part));
    if (outcome === false) return from(index + 1);
    const at = placeIn(frame, one);
    if (one.name !== null) storeName(py, frame, one.name, subject, at);
    const guard = one.guard === null ? undefined : evaluate(py, frame, one.guard);
    const sure = outcome === true ? (guard === undefined ? true : truth(guard)) : undefined;
    if (sure === true) return under(frame, subject.origin.variables, () => py.runBlock(frame, one.body));
    if (sure === false) return from(index + 1);
    const doubt = doubtOf(guard ?? subject, at);
    const both = fork(
      py,
      doubt,
      () => py.runBlock(frame, one.body),
      () => from(index + 1),
    );
    return 'one' in both ? both.one : joinCompletions(both.both, 'open', doubt, frame);
  };
  return from(0);
}
