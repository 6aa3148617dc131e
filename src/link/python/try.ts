import type { ExceptHandler, Try } from '../../parse/python/ast.js';
import { catches, type Caught } from './catches.js';
import { placeIn } from './place-in.js';
import { evaluate } from './expressions.js';
import { PythonRaise, classOfException, type Frame, type Handler, type Interpreter } from './interpreter.js';
import { fork } from './journal.js';
import { storeName, deleteName } from './scope.js';
import { mixed, type Completion } from './completion.js';
import { derived, strValue, unite } from './values.js';

export function runTry(py: Interpreter, frame: Frame, node: Try): Completion {
  const clauses = node.handlers.map((handler) => ({ handler, types: typesOf(py, frame, handler) }));
  const handler: Handler = {
    catches: (type) => clauses.some(({ types }) => catches(types, type)),
    possible: [],
  };
  let completion: Completion;
  try {
    let raised: PythonRaise | undefined;
    py.handlers.push(handler);
    try {
      completion = py.runBlock(frame, node.body);
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      raised = error;
    } finally {
      py.handlers.pop();
    }
    const handle = (error: PythonRaise): Completion => {
      const found = clauses.find(({ types }) => catches(types, classOfException(error.exception)));
      if (found === undefined) throw error;
      return runHandler(py, frame, found.handler, error);
    };
    if (raised !== undefined) completion = handle(raised);
    else {
      const [possible] = handler.possible.filter((one) => handler.catches(classOfException(one.exception)));
      const orelse = (): Completion => completion ?? py.runBlock(frame, node.orelse);
      if (possible === undefined) completion = orelse();
      else {
        const doubt = {
          reason: `whether this raises is not known: ${possible.message}`,
          origin: derived(possible.at, possible.exception),
          complete: true,
        };
        const outcome = fork(py, doubt, orelse, () => handle(possible));
        completion =
          'one' in outcome
            ? outcome.one
            : outcome.both[0] === undefined && outcome.both[1] === undefined
              ? undefined
              : mixed(doubt.reason, ...outcome.both);
      }
    }
  } finally {
    py.frame = frame;
    // A `return` of a finally block hides what went before; that is rare enough to leave out.
    if (node.finalbody.length > 0) py.runBlock(frame, node.finalbody);
  }
  return completion;
}

function typesOf(py: Interpreter, frame: Frame, handler: ExceptHandler): Caught {
  if (handler.exception === null) return 'all';
  const type = evaluate(py, frame, handler.exception);
  return 'items' in type ? type.items : [type];
}

function runHandler(py: Interpreter, frame: Frame, handler: ExceptHandler, error: PythonRaise): Completion {
  py.frame = frame;
  const { control } = frame;
  frame.control = unite(control, error.exception.origin.variables);
  const before = frame.locals.entries.get('s#exception');
  frame.locals.entries.set('s#exception', { key: strValue('#exception'), value: error.exception });
  try {
    if (handler.name !== null) storeName(py, frame, handler.name, error.exception, placeIn(frame, handler));
    return py.runBlock(frame, handler.body);
  } finally {
    frame.control = control;
    if (before === undefined) frame.locals.entries.delete('s#exception');
    else frame.locals.entries.set('s#exception', before);
    if (handler.name !== null) deleteName(py, frame, handler.name);
  }
}
