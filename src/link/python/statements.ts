import type { Location } from '../../location.js';
import type { Assign, AugAssign, Expression, For, If, Match, Statement, While } from '../../parse/python-ast.js';
import { setAttribute } from './attributes.js';
import type { Completion } from './completion.js';
import { doubtOf } from './branches.js';
import { defineClass, defineFunction } from './definitions.js';
import { evaluate, placeIn } from './expressions.js';
import { importFrom, importNames } from './imports.js';
import {
  LimitReached,
  PythonRaise,
  charge,
  classOfException,
  isCaught,
  noteGap,
  type Frame,
  type Interpreter,
} from './interpreter.js';
import { iterate } from './iterate.js';
import { fork, merger } from './journal.js';
import { matches } from './match.js';
import { binary, changed, inPlace, truth } from './operators.js';
import { deleteName, effectsOf, forgetNames, noteChange, noteDependence, rootName, storeName } from './scope.js';
import { deleteItem, getItem, setItem, setSlice, type SliceOf } from './subscript.js';
import { runTry } from './try.js';
import { unpack } from './unpack.js';
import { derived, noneValue, originAt, recordValue, strValue, unite, unknownValue } from './values.js';
import type { Value } from '../value.js';

/** What the end of a block means: the end of a function, or of one turn of a loop. */
type Tail = 'function' | 'loop' | 'open';

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
    if (statement.type === 'If') {
      const outcome = runIf(py, frame, statement, tail, () => runBlock(py, frame, body, tail, i + 1));
      if (outcome.over || outcome.completion !== undefined) return outcome.completion;
      continue;
    }
    const completion = runStatement(py, frame, statement);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

/** The code of a module: a statement that fails does not keep the next ones from being read. */
export function runModule(py: Interpreter, frame: Frame, body: readonly Statement[]): void {
  for (const statement of body) {
    try {
      runBlock(py, frame, [statement]);
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

function runStatement(py: Interpreter, frame: Frame, node: Statement): Completion {
  charge(py);
  py.frame = frame;
  const at = placeIn(frame, node);
  switch (node.type) {
    case 'Expr': {
      const { changes } = py;
      evaluate(py, frame, node.value);
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
      if (frame.kind === 'class' && node.target.type === 'Name') annotate(frame, node.target.id);
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
      return runTry(py, frame, node, runBlock);
    case 'With': {
      for (const item of node.items) {
        const context = evaluate(py, frame, item.context);
        const entered = enter(py, context, at);
        if (item.target !== null) store(py, frame, item.target, entered, at);
      }
      return runBlock(py, frame, node.body);
    }
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

/** Keeps which names a class body annotates, in their order: the fields of records. */
function annotate(frame: Frame, name: string): void {
  const held = frame.locals.entries.get('s__annotations__')?.value;
  const annotations = held?.kind === 'dict' ? held : recordValue([]);
  annotations.entries.set(`s${name}`, { key: strValue(name), value: noneValue() });
  frame.locals.entries.set('s__annotations__', { key: strValue('__annotations__'), value: annotations });
}

function enter(py: Interpreter, context: Value, at: Location): Value {
  if (context.kind === 'instance' && context.class.attributes.has('__enter__'))
    return py.call(py.attribute(context, '__enter__', at), { positional: [], keywords: new Map(), at });
  return context;
}

function raise(py: Interpreter, frame: Frame, node: Statement & { type: 'Raise' }, at: Location): never {
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

function assign(py: Interpreter, frame: Frame, node: Assign, at: Location): void {
  const value = evaluate(py, frame, node.value);
  for (const target of node.targets) store(py, frame, target, value, at);
}

/** Assigns to any target. */
export function store(py: Interpreter, frame: Frame, target: Expression, value: Value, at: Location): void {
  unpack(py, frame, target, value, at, (other, part) => {
    if (other.type === 'Attribute') setAttribute(py, evaluate(py, frame, other.value), other.attr, part, at);
    else if (other.type === 'Subscript') {
      const container = evaluate(py, frame, other.value);
      if (other.slice.type === 'Slice')
        setSlice(py, container, sliceOf(py, frame, other.slice), iterate(py, part, at), at);
      else setItem(py, container, evaluate(py, frame, other.slice), part, at);
    } else return;
    const name = rootName(other);
    if (name !== undefined) noteChange(frame, name, at);
  });
}

function sliceOf(py: Interpreter, frame: Frame, node: Expression & { type: 'Slice' }): SliceOf {
  const part = (one: Expression | null): Value | undefined => (one === null ? undefined : evaluate(py, frame, one));
  return { lower: part(node.lower), upper: part(node.upper), step: part(node.step) };
}

function augment(py: Interpreter, frame: Frame, node: AugAssign, at: Location): void {
  const { target } = node;
  if (target.type === 'Subscript') {
    const container = evaluate(py, frame, target.value);
    if (target.slice.type === 'Slice') {
      setSlice(py, container, sliceOf(py, frame, target.slice), undefined, at);
      return;
    }
    const key = evaluate(py, frame, target.slice);
    setItem(
      py,
      container,
      key,
      augmented(py, node, getItem(py, container, key, at), evaluate(py, frame, node.value), at),
      at,
    );
  } else if (target.type === 'Attribute') {
    const owner = evaluate(py, frame, target.value);
    setAttribute(
      py,
      owner,
      target.attr,
      augmented(py, node, py.attribute(owner, target.attr, at), evaluate(py, frame, node.value), at),
      at,
    );
  } else if (target.type === 'Name') {
    const before = evaluate(py, frame, target);
    const outcome = augmented(py, node, before, evaluate(py, frame, node.value), at);
    if (outcome === before && frame.kind === 'module') noteChange(frame, target.id, at);
    else storeName(py, frame, target.id, outcome, at);
    return;
  }
  const name = rootName(target);
  if (name !== undefined) noteChange(frame, name, at);
}

function augmented(py: Interpreter, node: AugAssign, before: Value, by: Value, at: Location): Value {
  const items = before.kind === 'list' && node.op === '+' ? iterate(py, by, at) : undefined;
  const outcome = inPlace(py, node.op, before, items, by, at);
  if (outcome !== undefined)
    return changed(outcome, at, noneValue({ locations: [], variables: py.frame?.control ?? [] }));
  return binary(py, node.op, before, by, at);
}

function remove(py: Interpreter, frame: Frame, target: Expression, at: Location): void {
  if (target.type === 'Name') deleteName(py, frame, target.id);
  else if (target.type === 'Tuple' || target.type === 'List') for (const one of target.elts) remove(py, frame, one, at);
  else if (target.type === 'Attribute') {
    const owner = evaluate(py, frame, target.value);
    if (owner.kind === 'instance' || owner.kind === 'class') owner.attributes.delete(target.attr);
  } else if (target.type === 'Subscript') {
    const container = evaluate(py, frame, target.value);
    if (target.slice.type === 'Slice') setSlice(py, container, sliceOf(py, frame, target.slice), [], at);
    else deleteItem(py, container, evaluate(py, frame, target.slice), at);
    const name = rootName(target);
    if (name !== undefined) noteChange(frame, name, at);
  }
}

// --- conditions

interface Branched {
  readonly completion: Completion;
  /** Set where the rest of the block has been run as well. */
  readonly over: boolean;
}

/** Statements that run because of a condition depend on what it depends on. */
function under<T>(frame: Frame, variables: readonly string[], run: () => T): T {
  const { control } = frame;
  frame.control = unite(control, variables);
  try {
    return run();
  } finally {
    frame.control = control;
  }
}

function runIf(py: Interpreter, frame: Frame, node: If, tail: Tail, rest: () => Completion): Branched {
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
    const completion = under(frame, variables, () => runBlock(py, frame, taken));
    const other = effectsOf(left);
    noteDependence(py, frame, other.names, variables);
    // Whether the rest runs at all was decided here.
    if (other.leaves) frame.control = unite(frame.control, variables);
    return { completion, over: false };
  }
  const doubt = doubtOf(test, placeIn(frame, condition));
  const leaves = effectsOf(body).leaves || effectsOf(orelse).leaves;
  const whole = (statements: readonly Statement[]) => (): Completion => {
    const completion = under(frame, variables, () => runBlock(py, frame, statements));
    return completion !== undefined || !leaves ? completion : rest();
  };
  const outcome = fork(py, doubt, whole(body), whole(orelse));
  if ('one' in outcome) return { completion: outcome.one, over: leaves };
  return { completion: joinCompletions(outcome.both, tail, doubt, frame), over: leaves };
}

function joinCompletions(
  both: readonly [Completion, Completion],
  tail: Tail,
  doubt: Parameters<typeof merger>[0],
  frame: Frame,
): Completion {
  const [a, b] = both.map((one): Completion => {
    if (one === undefined && tail === 'function' && frame.kind === 'function')
      return { type: 'return', value: noneValue() };
    return one?.type === 'continue' && tail === 'loop' ? undefined : one;
  });
  if (a === undefined && b === undefined) return undefined;
  if (a?.type === 'return' && b?.type === 'return') return { type: 'return', value: merger(doubt)(a.value, b.value) };
  if (a !== undefined && a.type === b?.type) return a;
  return { type: 'mixed', reason: doubt.reason };
}

function runMatch(py: Interpreter, frame: Frame, node: Match): Completion {
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
    if (sure === true) return under(frame, subject.origin.variables, () => runBlock(py, frame, one.body));
    if (sure === false) return from(index + 1);
    const doubt = doubtOf(guard ?? subject, at);
    const both = fork(
      py,
      doubt,
      () => runBlock(py, frame, one.body),
      () => from(index + 1),
    );
    return 'one' in both ? both.one : joinCompletions(both.both, 'open', doubt, frame);
  };
  return from(0);
}

// --- loops

function runFor(py: Interpreter, frame: Frame, node: For): Completion {
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
    const completion = under(frame, source.origin.variables, () => runBlock(py, frame, node.body, 'loop'));
    if (completion?.type === 'break') return undefined;
    if (completion?.type === 'return') return completion;
    if (completion?.type === 'mixed') return lose(py, frame, node, completion);
  }
  return runBlock(py, frame, node.orelse);
}

function runWhile(py: Interpreter, frame: Frame, node: While): Completion {
  for (let turn = 0; turn < 100_000; turn++) {
    charge(py);
    const test = evaluate(py, frame, node.test);
    const known = truth(test);
    if (known === false) return runBlock(py, frame, node.orelse);
    if (known === undefined) return runUnsure(py, frame, node, test, () => undefined);
    const completion = under(frame, test.origin.variables, () => runBlock(py, frame, node.body, 'loop'));
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
      return runBlock(py, frame, node.body, 'loop');
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
