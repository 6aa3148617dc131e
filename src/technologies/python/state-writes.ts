import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, FunctionDef, Node, Statement } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { blocksOf } from './blocks.js';
import { stateOf, type HeldState } from './held-state.js';
import { stateTexts } from './state-texts.js';

/** A place within a function that changes state. */
export interface StateWrite {
  readonly place: PythonPlace;
  /** `assign` binds the name anew; `key` sets under a key; `count` adds a number; `grow` adds; `shrink` only takes away. */
  readonly how: 'assign' | 'key' | 'count' | 'grow' | 'shrink';
  /** What is written, where one expression is. */
  readonly value: Expression | undefined;
  /** Under which key, where there is one. */
  readonly key: Expression | undefined;
  /** The state as it is written here. */
  readonly base: Expression;
  /** The innermost function around. */
  readonly within: FunctionDef;
  /** Tests of `if`, `while` and conditional expressions around it, and of what leaves the function before it. */
  readonly tests: readonly Test[];
}

export interface Test {
  readonly test: Expression;
  /** Whether it holds where the write stands, or fails there. */
  readonly holds: boolean;
  /** What leaves the function where it holds, before the write. */
  readonly leaves?: Statement;
}

export interface Written {
  readonly state: HeldState;
  readonly writes: readonly StateWrite[];
}

const GROWS: ReadonlySet<string> = new Set(['append', 'appendleft', 'extend', 'insert', 'add', 'update', 'setdefault']);
const SHRINKS: ReadonlySet<string> = new Set(['pop', 'popitem', 'popleft', 'remove', 'discard', 'clear']);

/** The state of a component that its functions change. */
export function writtenState(program: Program): readonly Written[] {
  return program.pythonCode.memo('python:written-state', () => {
    const found = new Map<Node, { state: HeldState; writes: StateWrite[] }>();
    for (const { path } of stateTexts(program).files) {
      const module = program.pythonCode.moduleAt(path);
      if (module === undefined) continue;
      for (const [base, write] of changesIn(module)) {
        const state = stateOf(program, { module, node: base });
        const made = state === undefined ? undefined : finished(program, module, base, write);
        if (state === undefined || made === undefined) continue;
        const before = found.get(state.place.node);
        if (before === undefined) found.set(state.place.node, { state, writes: [made] });
        else before.writes.push(made);
      }
    }
    return [...found.values()];
  });
}

type Change = Pick<StateWrite, 'how' | 'value' | 'key'> & { readonly node: Node };

/** Everything in functions that could change state, with what it changes. */
function changesIn(module: PythonModule): [Expression, Change][] {
  const found: [Expression, Change][] = [];
  const add = (base: Expression, change: Change): void => {
    if (base.type === 'Name' || base.type === 'Attribute') found.push([base, change]);
  };
  const assigned = (target: Expression, node: Node, value: Expression | undefined, counts: boolean): void => {
    if (target.type === 'Tuple' || target.type === 'List') {
      for (const one of target.elts) assigned(one, node, undefined, false);
    } else if (target.type === 'Subscript')
      add(baseOf(target), { node, how: counts ? 'count' : 'key', value, key: target.slice });
    else add(target, { node, how: counts ? 'count' : 'assign', value, key: undefined });
  };
  walkPython(module.document.tree, (node, parents) => {
    if (!parents.some(({ type }) => type === 'FunctionDef')) return;
    if (node.type === 'Assign') for (const target of node.targets) assigned(target, node, node.value, false);
    else if (node.type === 'AugAssign')
      assigned(node.target, node, node.value, (node.op === '+' || node.op === '-') && isNumber(node.value));
    else if (node.type === 'Delete') {
      for (const target of node.targets)
        if (target.type === 'Subscript')
          add(baseOf(target), { node, how: 'shrink', value: undefined, key: target.slice });
        else add(target, { node, how: 'shrink', value: undefined, key: undefined });
    } else if (node.type === 'Call' && node.func.type === 'Attribute') {
      const { attr, value } = node.func;
      if (!GROWS.has(attr) && !SHRINKS.has(attr)) return;
      const [first, second] = node.args;
      // A default that is itself a container is there to be filled, not to be read again.
      const key = attr === 'setdefault' && second !== undefined && !isContainer(second) ? first : undefined;
      add(baseOf(value), { node, how: GROWS.has(attr) ? 'grow' : 'shrink', value: node.args.at(-1), key });
    }
  });
  return found;
}

function finished(
  program: Program,
  module: PythonModule,
  base: Expression,
  { node, ...change }: Change,
): StateWrite | undefined {
  // `name = value` without `global` binds a name of the function itself, which is never state; `stateOf` saw to that.
  const place = { module, node };
  const within = program.pythonCode.functionsAround(place).find((one) => one.type === 'FunctionDef');
  if (within?.type !== 'FunctionDef') return undefined;
  return { ...change, place, base, within, tests: testsAround(program, place) };
}

function testsAround(program: Program, place: PythonPlace): Test[] {
  const tests: Test[] = [];
  let inner: Node = place.node;
  for (const outer of program.pythonCode.above(place)) {
    if (outer.type === 'If' || outer.type === 'While')
      tests.push({ test: outer.test, holds: outer.body.includes(inner as Statement) });
    else if (outer.type === 'IfExp') tests.push({ test: outer.test, holds: outer.body === inner });
    for (const statement of before(outer, inner)) {
      const last = statement.type === 'If' ? statement.body.at(-1) : undefined;
      if (statement.type === 'If' && last !== undefined && /^(?:Return|Raise|Continue)$/.test(last.type))
        tests.push({ test: statement.test, holds: false, leaves: last });
    }
    if (outer.type === 'FunctionDef') break;
    inner = outer;
  }
  return tests;
}

/** The statements of the same block that come before one. */
function before(outer: Node, inner: Node): readonly Statement[] {
  for (const block of blocksOf(outer)) {
    const at = block.indexOf(inner as Statement);
    if (at >= 0) return block.slice(0, at);
  }
  return [];
}

/** `x` of `x[a][b]` and of `x.setdefault(a, []).append`. */
function baseOf(expression: Expression): Expression {
  let base = expression;
  for (;;) {
    if (base.type === 'Subscript') base = base.value;
    else if (base.type === 'Call' && base.func.type === 'Attribute' && base.func.attr === 'setdefault')
      base = base.func.value;
    else return base;
  }
}

function isContainer(value: Expression): boolean {
  return value.type === 'List' || value.type === 'Dict' || value.type === 'Set' || value.type === 'Call';
}

function isNumber(value: Expression): boolean {
  return value.type === 'Constant' && (value.kind === 'int' || value.kind === 'float');
}

/** Only takes something out, or begins anew with nothing. */
export function takesAway({ how, value }: StateWrite): boolean {
  if (how === 'shrink') return true;
  if (how !== 'assign' || value === undefined) return false;
  return (
    (value.type === 'Constant' && value.kind === 'none') ||
    (value.type === 'Dict' && value.keys.length === 0) ||
    (value.type === 'List' && value.elts.length === 0) ||
    (value.type === 'Call' && value.args.length === 0 && value.keywords.length === 0)
  );
}
