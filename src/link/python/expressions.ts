import type { Location } from '../../location.js';
import { locate } from '../../parse/document.js';
import type {
  BinOp,
  BoolOp,
  Call,
  Comprehension,
  Expression,
  FormattedValue,
  Lambda,
  Parameters,
} from '../../parse/python-ast.js';
import { fold } from './branches.js';
import { formatValue, toRepr, toText } from './format.js';
import { functionValue } from './functions.js';
import { LIMITS, LimitReached, charge, noteGap, type Arguments, type Frame, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { instanceOfIterator } from './iterator.js';
import { mayBeAbsent } from './journal.js';
import { binary, compare, truth, unary } from './operators.js';
import { loadName, storeName } from './scope.js';
import { getItem, getSlice } from './subscript.js';
import { unpack } from './unpack.js';
import {
  boolValue,
  bytesValue,
  dependingOn,
  derived,
  dictValue,
  externalValue,
  floatValue,
  intValue,
  listValue,
  noneValue,
  originAt,
  setAt,
  setValue,
  strValue,
  tupleValue,
  unite,
  unknownValue,
} from './values.js';
import { keyOf, type UnknownValue, type Value } from '../value.js';

/** Where a node of the code that `frame` runs stands. */
export function placeIn(frame: Frame, node: { readonly start: number; readonly end: number }): Location {
  return locate(frame.module.document, node);
}

/** What an expression gives. */
export function evaluate(py: Interpreter, frame: Frame, node: Expression): Value {
  charge(py);
  if (++py.depth > LIMITS.depth) {
    py.depth--;
    noteGap(py, 'the code is nested too deeply to be followed', placeIn(frame, node));
    return unknownValue('the code is nested too deeply to be followed', originAt(placeIn(frame, node)));
  }
  try {
    return evaluateNode(py, frame, node);
  } finally {
    py.depth--;
  }
}

function evaluateNode(py: Interpreter, frame: Frame, node: Expression): Value {
  const at = placeIn(frame, node);
  switch (node.type) {
    case 'Constant': {
      const origin = originAt(at);
      switch (node.kind) {
        case 'str':
          return strValue(node.value, origin);
        case 'bytes':
          return bytesValue(node.value, origin);
        case 'int':
          return intValue(node.value, origin);
        case 'float':
          return floatValue(node.value, origin);
        case 'bool':
          return boolValue(node.value, origin);
        case 'none':
          return noneValue(origin);
        case 'ellipsis':
          return externalValue('builtins.Ellipsis', origin);
        case 'complex':
          return externalValue('builtins.complex', origin, { args: [], keywords: new Map() });
      }
      break;
    }
    case 'Name':
      return loadName(py, frame, node.id, at);
    case 'List':
      return listValue(elements(py, frame, node.elts) ?? [], originAt(at));
    case 'Tuple':
      return tupleValue(elements(py, frame, node.elts) ?? [], originAt(at));
    case 'Set':
      return setValue(elements(py, frame, node.elts) ?? [], originAt(at));
    case 'Dict':
      return dict(py, frame, node, at);
    case 'Attribute':
      return py.attribute(evaluate(py, frame, node.value), node.attr, at);
    case 'Subscript': {
      const value = evaluate(py, frame, node.value);
      if (node.slice.type === 'Slice') {
        const part = (one: Expression | null): Value | undefined =>
          one === null ? undefined : evaluate(py, frame, one);
        return getSlice(
          py,
          value,
          { lower: part(node.slice.lower), upper: part(node.slice.upper), step: part(node.slice.step) },
          at,
        );
      }
      return getItem(py, value, evaluate(py, frame, node.slice), at);
    }
    case 'Call':
      return call(py, frame, node, at);
    case 'BinOp':
      return binOp(py, frame, node);
    case 'UnaryOp':
      return unary(py, node.op, evaluate(py, frame, node.operand), at);
    case 'BoolOp':
      return boolOp(py, frame, node, at, 0);
    case 'Compare': {
      let left = evaluate(py, frame, node.left);
      let outcome: Value | undefined;
      for (const [i, op] of node.ops.entries()) {
        const next = node.comparators[i];
        if (next === undefined) break;
        const right = evaluate(py, frame, next);
        const one = compare(py, op, left, right, at);
        outcome = outcome === undefined ? one : dependingOn(one, outcome.origin.variables);
        if (one.kind === 'unknown' || truth(one) === false) return outcome;
        left = right;
      }
      return outcome ?? unknownValue('the comparison could not be read', originAt(at));
    }
    case 'IfExp': {
      const test = evaluate(py, frame, node.test);
      const known = truth(test);
      if (known !== undefined)
        return dependingOn(evaluate(py, frame, known ? node.body : node.orelse), test.origin.variables);
      return fold(
        py,
        test,
        placeIn(frame, node.test),
        () => evaluate(py, frame, node.body),
        () => evaluate(py, frame, node.orelse),
      );
    }
    case 'JoinedStr':
      return joined(py, frame, node.values, at);
    case 'Lambda':
      return lambda(py, frame, node, at);
    case 'NamedExpr': {
      const value = evaluate(py, frame, node.value);
      let scope = frame;
      while (scope.kind === 'comprehension' && scope.outer !== undefined) scope = scope.outer;
      storeName(py, scope, node.target.id, value, at);
      return value;
    }
    case 'Comprehension':
      return comprehension(py, frame, node, at);
    case 'Starred':
      return evaluate(py, frame, node.value);
    case 'Yield':
    case 'YieldFrom':
      return yielded(py, frame, node, at);
    case 'Await':
      return unknownValue('what an awaited call gives is not known', derived(at, evaluate(py, frame, node.value)));
    case 'Slice':
    case 'InvalidExpression':
      return unknownValue('the code could not be read', originAt(at));
  }
  return unknownValue('the code could not be read', originAt(at));
}

function elements(py: Interpreter, frame: Frame, nodes: readonly Expression[]): Value[] {
  const items: Value[] = [];
  for (const node of nodes) {
    if (node.type !== 'Starred') items.push(element(evaluate(py, frame, node), frame, node));
    else {
      const spreadOut = evaluate(py, frame, node.value);
      const inner = iterate(py, spreadOut, placeIn(frame, node));
      // One item stands for those that are not known, so that the rest stays.
      if (inner === undefined)
        items.push(
          unknownValue(reasonOf(spreadOut, 'the spread items are not known'), derived(placeIn(frame, node), spreadOut)),
        );
      else items.push(...inner);
    }
    if (items.length > LIMITS.items) throw new LimitReached('a display has too many items');
  }
  return items;
}

/** A value as it is put into a display: set where it stands there. */
function element(value: Value, frame: Frame, node: Expression): Value {
  return node.type === 'Constant' ? value : setAt(value, placeIn(frame, node), frame.control);
}

function reasonOf(value: Value, otherwise: string): string {
  return value.kind === 'unknown' ? value.reason : otherwise;
}

function dict(py: Interpreter, frame: Frame, node: Expression & { type: 'Dict' }, at: Location): Value {
  const made = dictValue([], originAt(at));
  for (const [i, key] of node.keys.entries()) {
    const source = node.values[i];
    if (source === undefined) break;
    const value = evaluate(py, frame, source);
    if (key === null) {
      if (value.kind === 'dict') {
        charge(py, value.entries.size);
        for (const [spelling, one] of value.entries) {
          const before = made.entries.get(spelling);
          if (mayBeAbsent(one.value) && before !== undefined)
            made.entries.set(spelling, {
              key: one.key,
              value: unknownValue(reasonOf(one.value, ''), derived(at, one.value, before.value)),
            });
          else made.entries.set(spelling, one);
        }
      } else return unknownValue(reasonOf(value, 'the spread entries are not known'), derived(at, value));
      continue;
    }
    const name = evaluate(py, frame, key);
    const spelling = keyOf(name);
    if (spelling === undefined)
      return unknownValue(reasonOf(name, 'a key of the dictionary is not known'), derived(at, name));
    made.entries.set(spelling, { key: made.entries.get(spelling)?.key ?? name, value: element(value, frame, source) });
  }
  return made;
}

/** Long sums lean to the left; they are walked without recursion. */
function binOp(py: Interpreter, frame: Frame, node: BinOp): Value {
  const spine: BinOp[] = [];
  let left: Expression = node;
  while (left.type === 'BinOp') {
    spine.push(left);
    left = left.left;
  }
  let value = evaluate(py, frame, left);
  for (const one of spine.reverse())
    value = binary(py, one.op, value, evaluate(py, frame, one.right), placeIn(frame, one));
  return value;
}

function boolOp(py: Interpreter, frame: Frame, node: BoolOp, at: Location, from: number): Value {
  let variables: readonly string[] = [];
  for (let i = from; i < node.values.length; i++) {
    const source = node.values[i];
    if (source === undefined) break;
    const value = evaluate(py, frame, source);
    const last = i === node.values.length - 1;
    if (last) return dependingOn(value, variables);
    const known = truth(value);
    if (known === undefined) {
      const rest = (): Value => boolOp(py, frame, node, at, i + 1);
      const keep = (): Value => keepWhere(value, node.op === 'or');
      return dependingOn(
        node.op === 'or' ? fold(py, value, at, keep, rest) : fold(py, value, at, rest, keep),
        variables,
      );
    }
    variables = unite(variables, value.origin.variables);
    if (known === (node.op === 'or')) return dependingOn(value, variables);
  }
  return unknownValue('the code could not be read', originAt(at));
}

/** What a value can be where it is known whether it counts as true. */
function keepWhere(value: Value, wanted: boolean): Value {
  if (value.kind !== 'unknown' || value.candidates === undefined) return value;
  const left = value.candidates.filter((one) => truth(one) !== !wanted);
  const [only] = left;
  return left.length === 1 && only !== undefined ? only : unknownValue(value.reason, value.origin, left);
}

/** The arguments of a call, evaluated from left to right. */
export function callArguments(
  py: Interpreter,
  frame: Frame,
  node: Pick<Call, 'args' | 'keywords'>,
  at: Location,
): Arguments {
  const positional: Value[] = [];
  let rest: UnknownValue | undefined;
  for (const arg of node.args) {
    if (arg.type !== 'Starred') {
      positional.push(evaluate(py, frame, arg));
      continue;
    }
    const value = evaluate(py, frame, arg.value);
    const items = iterate(py, value, at);
    if (items === undefined)
      rest ??= unknownValue(reasonOf(value, 'the spread arguments are not known'), derived(at, value));
    else positional.push(...items);
  }
  const keywords = new Map<string, Value>();
  for (const keyword of node.keywords) {
    const value = evaluate(py, frame, keyword.value);
    if (keyword.name !== null) keywords.set(keyword.name, value);
    else if (value.kind === 'dict') {
      for (const one of value.entries.values()) if (one.key.kind === 'str') keywords.set(one.key.value, one.value);
    } else rest ??= unknownValue(reasonOf(value, 'the spread arguments are not known'), derived(at, value));
  }
  return { positional, keywords, at, ...(rest === undefined ? {} : { rest }) };
}

function call(py: Interpreter, frame: Frame, node: Call, at: Location): Value {
  const callee = evaluate(py, frame, node.func);
  const args = callArguments(py, frame, node, at);
  py.frame = frame;
  return py.call(callee, args);
}

function joined(py: Interpreter, frame: Frame, values: readonly (string | FormattedValue)[], at: Location): Value {
  let text = '';
  let open: Value | undefined;
  const used: Value[] = [];
  for (const part of values) {
    if (typeof part === 'string') text += part;
    else {
      const value = evaluate(py, frame, part.value);
      used.push(value);
      const spec = part.format === null ? '' : joined(py, frame, part.format, at);
      const shown = part.conversion === null ? undefined : part.conversion === 's' ? toText(value) : toRepr(value);
      const one =
        typeof spec !== 'string' && spec.kind !== 'str'
          ? undefined
          : formatValue(shown === undefined ? value : strValue(shown), typeof spec === 'string' ? spec : spec.value);
      if (one === undefined || (part.conversion !== null && shown === undefined)) open ??= value;
      else text += one;
    }
    if (text.length > LIMITS.characters) return unknownValue('the text is too long', derived(at, ...used));
  }
  const origin = derived(at, ...used);
  if (open === undefined) return strValue(text, origin);
  const unknownPart = used.filter((one) => one.kind === 'unknown');
  const [single] = unknownPart;
  // With one part in doubt, each of its candidates gives one text.
  if (unknownPart.length === 1 && single?.kind === 'unknown' && single.candidates !== undefined) {
    const texts = single.candidates.map((candidate) => {
      let i = 0;
      const parts = values.map((part) => {
        if (typeof part === 'string') return part;
        const value = used[i++];
        return value === undefined || part.format !== null || part.conversion !== null
          ? undefined
          : toText(value === single ? candidate : value);
      });
      return parts.includes(undefined) ? undefined : strValue(parts.join(''), origin);
    });
    const known = texts.filter((one) => one !== undefined);
    if (known.length === texts.length) return unknownValue(single.reason, origin, known);
  }
  return unknownValue(reasonOf(open, 'the text of a value is not known'), origin);
}

/** The defaults of parameters, evaluated where the function is defined. */
export function defaultsOf(py: Interpreter, frame: Frame, params: Parameters): ReadonlyMap<string, Value> {
  const defaults = new Map<string, Value>();
  for (const param of params.list)
    if (param.default !== null) defaults.set(param.name, evaluate(py, frame, param.default));
  return defaults;
}

const NONE: ReadonlySet<string> = new Set();

function lambda(py: Interpreter, frame: Frame, node: Lambda, at: Location): Value {
  return functionValue(
    '<lambda>',
    {
      type: 'defined',
      params: node.params,
      body: node.body,
      frame,
      defaults: defaultsOf(py, frame, node.params),
      generator: false,
      asynchronous: false,
      globals: NONE,
      nonlocals: NONE,
      owner: undefined,
    },
    originAt(at),
  );
}

function comprehension(py: Interpreter, frame: Frame, node: Comprehension, at: Location): Value {
  const inner: Frame = {
    kind: 'comprehension',
    locals: dictValue([], originAt(at)),
    outer: frame,
    module: frame.module,
    globals: NONE,
    nonlocals: NONE,
    ...(frame.owner === undefined ? {} : { owner: frame.owner }),
    ...(frame.self === undefined ? {} : { self: frame.self }),
    control: frame.control,
  };
  const items: Value[] = [];
  const pairs: [Value, Value][] = [];
  let open: Value | undefined;
  let variables: readonly string[] = [];
  const run = (index: number): void => {
    const clause = node.clauses[index];
    if (clause === undefined) {
      const value = evaluate(py, inner, node.element);
      if (node.value === null) items.push(value);
      else pairs.push([value, evaluate(py, inner, node.value)]);
      if (items.length + pairs.length > LIMITS.items) throw new LimitReached('a comprehension gives too many items');
      return;
    }
    const source = evaluate(py, index === 0 ? frame : inner, clause.iter);
    variables = unite(variables, source.origin.variables);
    const values = iterate(py, source, placeIn(frame, clause.iter));
    if (values === undefined) {
      open ??= source;
      return;
    }
    for (const value of values) {
      charge(py);
      unpack(py, inner, clause.target, value, placeIn(frame, clause.target));
      let keep = true;
      for (const condition of clause.ifs) {
        const test = evaluate(py, inner, condition);
        variables = unite(variables, test.origin.variables);
        const known = truth(test);
        if (known === undefined) open ??= test;
        if (known !== true) {
          keep = false;
          break;
        }
      }
      if (keep) run(index + 1);
      if (open !== undefined) return;
    }
  };
  run(0);
  const origin = { locations: [at], variables };
  if (open !== undefined)
    return unknownValue(reasonOf(open, 'what the comprehension runs over is not known'), derived(at, open));
  if (node.kind === 'dict') {
    if (pairs.some(([key]) => keyOf(key) === undefined))
      return unknownValue('a key of the dictionary is not known', derived(at, ...pairs.flat()));
    return dictValue(pairs, origin);
  }
  if (node.kind === 'generator') return instanceOfIterator(items, origin);
  return node.kind === 'set' ? setValue(items, origin) : listValue(items, origin);
}

function yielded(
  py: Interpreter,
  frame: Frame,
  node: Expression & { type: 'Yield' | 'YieldFrom' },
  at: Location,
): Value {
  const value = node.value === null ? noneValue(originAt(at)) : evaluate(py, frame, node.value);
  let scope: Frame | undefined = frame;
  while (scope?.kind === 'comprehension') scope = scope.outer;
  const given = scope?.yielded;
  if (given === undefined) return unknownValue('a value is yielded outside of a function', originAt(at));
  if (node.type === 'Yield') given.push(value);
  else given.push(...(iterate(py, value, at) ?? [unknownValue('what is yielded is not known', derived(at, value))]));
  if (given.length > LIMITS.items) throw new LimitReached('a generator gives too many items');
  return noneValue(originAt(at));
}
