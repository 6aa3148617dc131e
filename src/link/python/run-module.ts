import { type Interpreter, type Frame, PythonRaise, isCaught, classOfException, noteGap } from './interpreter.js';
import type { Statement, Expression } from '../../parse/python/ast.js';
import { truth } from './truth.js';
import { forgetNames, effectsOf } from './scope.js';

/** The code of a module: a statement that fails does not keep the next ones from being read. */
export function runModule(py: Interpreter, frame: Frame, body: readonly Statement[]): void {
  for (const statement of body) {
    try {
      py.runBlock(frame, [statement]);
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      if (isCaught(py, classOfException(error.exception))) throw error;
      noteGap(py, error.message, error.at);
      recover(py, frame, statement, error);
    }
  }
}

/** A module that refuses to load for want of a value is deployed with one: the names it asked for are not known. */
function recover(py: Interpreter, frame: Frame, statement: Statement, error: PythonRaise): void {
  const asked = new Set<string>();
  if (statement.type === 'If') namesIn(statement.test, asked);
  const own = [...asked].filter((name) => {
    const value = frame.locals.entries.get(`s${name}`)?.value;
    return value !== undefined && truth(value) === false;
  });
  forgetNames(py, frame, own, `the code refuses to load without it: ${error.message}`, error.at);
  if (statement.type !== 'If') forgetNames(py, frame, effectsOf([statement]).names, error.message, error.at);
}

function namesIn(test: Expression, into: Set<string>): void {
  if (test.type === 'Name') into.add(test.id);
  else if (test.type === 'UnaryOp') namesIn(test.operand, into);
  else if (test.type === 'BoolOp')
    test.values.forEach((one) => {
      namesIn(one, into);
    });
  else if (test.type === 'Compare') namesIn(test.left, into);
}
