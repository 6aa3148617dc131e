import { type Interpreter, type Frame, charge, noteGap } from './interpreter.js';
import type { Statement } from '../../parse/python/ast.js';
import type { Tail, Completion } from './completion.js';
import { runIf } from './conditions.js';
import { placeIn } from './place-in.js';
import { evaluate } from './expressions.js';
import { rootName, noteChange, storeName } from './scope.js';
import { assign, annotate, store, augment, remove } from './assignment.js';
import { runFor, runWhile } from './loops.js';
import { defineFunction, defineClass } from './definitions.js';
import { noneValue, originAt, unknownValue } from './values.js';
import type { Value } from '../value.js';
import { importNames, importFrom } from './import-statements.js';
import { perhaps } from './perhaps.js';
import { runTry } from './try.js';
import { runWith } from './with.js';
import { raise } from './raise.js';
import { CHANGING, loseExternal } from './changed-external.js';
import { runMatch } from './match-statement.js';

export function runBlock(
  py: Interpreter,
  frame: Frame,
  body: readonly Statement[],
  tail: Tail = 'open',
  from = 0,
): Completion {
  for (let i = from; i < body.length; i++) {
    const statement = body[i];
    if (statement === undefined) break;
    const rest = (): Completion => runBlock(py, frame, body, tail, i + 1);
    const { completion, over } =
      statement.type === 'If'
        ? runIf(py, frame, statement, tail, rest)
        : { completion: runStatement(py, frame, statement), over: false };
    if (completion?.type === 'mixed' && !over && i + 1 < body.length) return perhaps(py, frame, completion, rest);
    if (over || completion !== undefined) return completion;
  }
  return undefined;
}

/** What comes of a method of something that only a library knows. */
function isForeign(given: Value): boolean {
  return given.kind === 'external' || given.kind === 'unknown';
}

function runStatement(py: Interpreter, frame: Frame, node: Statement): Completion {
  charge(py);
  py.frame = frame;
  const at = placeIn(frame, node);
  switch (node.type) {
    case 'Expr': {
      const { changes } = py;
      const given = evaluate(py, frame, node.value);
      if (node.value.type === 'Call' && node.value.func.type === 'Attribute' && isForeign(given)) {
        const { attr, value } = node.value.func;
        if (CHANGING.has(attr)) loseExternal(py, frame, rootName(value), at);
      }
      if (py.changes > changes && node.value.type === 'Call' && node.value.func.type === 'Attribute') {
        const name = rootName(node.value.func.value);
        if (name !== undefined) noteChange(frame, name, at);
      }
      return undefined;
    }
    case 'Assign':
      assign(py, frame, node, at);
      return undefined;
    case 'AnnAssign':
      if (frame.kind === 'class' && node.target.type === 'Name') annotate(frame, node.target.id, node.annotation);
      if (node.value !== null) store(py, frame, node.target, evaluate(py, frame, node.value), at);
      return undefined;
    case 'AugAssign':
      augment(py, frame, node, at);
      return undefined;
    case 'For':
      return runFor(py, frame, node);
    case 'While':
      return runWhile(py, frame, node);
    case 'FunctionDef':
      storeName(py, frame, node.name, defineFunction(py, frame, node, at), at);
      return undefined;
    case 'ClassDef':
      storeName(py, frame, node.name, defineClass(py, frame, node, at), at);
      return undefined;
    case 'Return':
      return { type: 'return', value: node.value === null ? noneValue(originAt(at)) : evaluate(py, frame, node.value) };
    case 'Break':
      return { type: 'break' };
    case 'Continue':
      return { type: 'continue' };
    case 'Import':
      importNames(py, frame, node);
      return undefined;
    case 'ImportFrom':
      importFrom(py, frame, node);
      return undefined;
    case 'Try':
      return runTry(py, frame, node);
    case 'With':
      return runWith(py, frame, node);
    case 'Raise':
      raise(py, frame, node, at);
      return undefined;
    case 'Delete':
      for (const target of node.targets) remove(py, frame, target, at);
      return undefined;
    case 'Match':
      return runMatch(py, frame, node);
    case 'InvalidStatement':
      noteGap(py, 'the code could not be read', at);
      return undefined;
    case 'TypeAlias':
      storeName(py, frame, node.name, unknownValue('a type', originAt(at)), at);
      return undefined;
    default:
      return undefined;
  }
}
