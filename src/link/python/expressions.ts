import { type Interpreter, type Frame, charge, LIMITS, noteGap } from './interpreter.js';
import type { Expression, BinOp, Call } from '../../parse/python/ast.js';
import type { Value } from '../value.js';
import { placeIn } from './place-in.js';
import {
  unknownValue,
  originAt,
  strValue,
  bytesValue,
  intValue,
  floatValue,
  boolValue,
  noneValue,
  externalValue,
  listValue,
  tupleValue,
  setValue,
  dependingOn,
  derived,
} from './values.js';
import { loadName, storeName } from './scope.js';
import { elements, dict } from './displays.js';
import { getSlice, getItem } from './subscript.js';
import { unary } from './unary.js';
import { boolOp } from './bool-op.js';
import { compare } from './compare.js';
import { truth } from './truth.js';
import { fold } from './branches.js';
import { joined } from './joined-text.js';
import { lambda } from './lambda.js';
import { comprehension } from './comprehension.js';
import { yielded } from './yielded.js';
import { binary } from './binary.js';
import type { Location } from '../../location.js';
import { callArguments } from './call-arguments.js';

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

function call(py: Interpreter, frame: Frame, node: Call, at: Location): Value {
  const callee = evaluate(py, frame, node.func);
  const args = callArguments(py, frame, node, at);
  py.frame = frame;
  return py.call(callee, args);
}
