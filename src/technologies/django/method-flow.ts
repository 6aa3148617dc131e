import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Expression, FunctionDef, If, Node, Statement } from '../../parse/python/ast.js';

/** What a walk through a method keeps of each expression, and of variables: `queryset`, `self.queryset`. */
export interface Flow<T> {
  evaluate(expression: Expression, names: Names<T>): T | undefined;
  /** What holds after branches that give one or the other. */
  join(one: T, other: T): T | undefined;
  /** Sees each expression before what it is assigned to is known. */
  visit?(expression: Expression, names: Names<T>): void;
  /** What a loop gets of what it goes over. */
  element?(over: T | undefined, iterated: Expression): T | undefined;
  /** Sees what is put into something else: `context["books"] = ...`. */
  assign?(target: Expression, value: T | undefined, names: Names<T>): void;
}

export type Names<T> = Map<string, T | undefined>;

/** Statements of one method that are looked at. */
const MOST = 300;

/**
 * What a method of a view may return for one of its actions, in the order of its statements: branches for other actions are left
 * out, those that cannot be decided are both taken.
 */
export function flowThrough<T>(
  { node: fn }: PythonPlace<FunctionDef>,
  action: string | undefined,
  flow: Flow<T>,
  names: Names<T> = new Map(),
): readonly (T | undefined)[] {
  const returned: (T | undefined)[] = [];
  let left = MOST;
  block(fn.body, names);
  return returned;

  /** Whether what comes after it is reached. */
  function block(statements: readonly Statement[], known: Names<T>): boolean {
    for (const statement of statements) {
      if (left-- <= 0) {
        returned.push(undefined);
        return false;
      }
      if (!one(statement, known)) return false;
    }
    return true;
  }

  function one(statement: Statement, known: Names<T>): boolean {
    switch (statement.type) {
      case 'Return':
        if (statement.value === null) return false;
        flow.visit?.(statement.value, known);
        returned.push(flow.evaluate(statement.value, known));
        return false;
      case 'Raise':
        return false;
      case 'Assign':
      case 'AnnAssign': {
        if (statement.value === null) return true;
        flow.visit?.(statement.value, known);
        const value = flow.evaluate(statement.value, known);
        for (const target of statement.type === 'Assign' ? statement.targets : [statement.target]) {
          flow.assign?.(target, value, known);
          for (const [name, whole] of targetsOf(target)) known.set(name, whole ? value : undefined);
        }
        return true;
      }
      case 'AugAssign': {
        flow.visit?.(statement.value, known);
        for (const [name] of targetsOf(statement.target)) known.set(name, undefined);
        return true;
      }
      case 'Expr':
        flow.visit?.(statement.value, known);
        return true;
      case 'If':
        return branch(statement, known);
      case 'For':
      case 'While': {
        flow.visit?.(statement.type === 'For' ? statement.iter : statement.test, known);
        const inside = new Map(known);
        if (statement.type === 'For') {
          const over = flow.element === undefined ? undefined : flow.evaluate(statement.iter, known);
          const each = flow.element?.(over, statement.iter);
          for (const [name, whole] of targetsOf(statement.target)) inside.set(name, whole ? each : undefined);
        }
        if (block(statement.body, inside)) merge(known, inside);
        return true;
      }
      case 'With':
        return block(statement.body, known);
      case 'Try': {
        const before = new Map(known);
        const through = block(statement.body, known) && block(statement.orelse, known);
        // What a handler gives instead counts as well, where one goes on.
        const after = statement.handlers.filter((handler) => block(handler.body, new Map(before)));
        return block(statement.finalbody, known) && (through || after.length > 0);
      }
      case 'Match': {
        for (const { body } of statement.cases) {
          const inside = new Map(known);
          if (block(body, inside)) merge(known, inside);
        }
        return true;
      }
      default:
        return true;
    }
  }

  function branch({ test, body, orelse }: If, known: Names<T>): boolean {
    flow.visit?.(test, known);
    const decided = decide(test, action);
    if (decided !== undefined) return block(decided ? body : orelse, known);
    const other = new Map(known);
    const first = block(body, known);
    const second = block(orelse, other);
    if (first && second) merge(known, other);
    else if (second) {
      known.clear();
      for (const [name, value] of other) known.set(name, value);
    }
    return first || second;
  }

  function merge(into: Names<T>, other: Names<T>): void {
    for (const [name, value] of other) {
      if (!into.has(name)) {
        into.set(name, value);
        continue;
      }
      const mine = into.get(name);
      if (mine === value) continue;
      into.set(name, mine === undefined || value === undefined ? undefined : flow.join(mine, value));
    }
  }
}

/** `queryset`, `self.queryset`, and the parts of `a, b = ...`, which are not followed. */
function targetsOf(target: Expression): (readonly [string, boolean])[] {
  const name = nameOf(target);
  if (name !== undefined) return [[name, true]];
  return target.type === 'Tuple' || target.type === 'List'
    ? target.elts.flatMap((one) => targetsOf(one).map(([inner]) => [inner, false] as const))
    : [];
}

/** What a variable or an attribute of `self` is kept by. */
export function nameOf(node: Node): string | undefined {
  if (node.type === 'Name') return node.id;
  return node.type === 'Attribute' && node.value.type === 'Name' && node.value.id === 'self'
    ? `self.${node.attr}`
    : undefined;
}

/**
 * Whether a condition holds for an action that answers a GET; undefined where that is not decided by it.
 * https://www.django-rest-framework.org/api-guide/viewsets/#introspecting-viewset-actions
 */
export function decide(test: Expression, action: string | undefined): boolean | undefined {
  if (test.type === 'Constant' && typeof test.value === 'boolean') return test.value;
  if (test.type === 'UnaryOp') {
    const inner = test.op === 'not' ? decide(test.operand, action) : undefined;
    return inner === undefined ? undefined : !inner;
  }
  if (test.type === 'BoolOp') {
    const all = test.values.map((one) => decide(one, action));
    const decisive = test.op === 'or';
    if (all.includes(decisive)) return decisive;
    return all.includes(undefined) ? undefined : !decisive;
  }
  if (test.type === 'Call' && test.func.type === 'Name') {
    const [of, name] = test.args;
    const asked = name?.type === 'Constant' && name.kind === 'str' && of?.type === 'Name' && of.id === 'self';
    // Schemas are made without a request. https://drf-yasg.readthedocs.io/en/stable/openapi.html
    if (asked && test.func.id === 'getattr' && name.value === 'swagger_fake_view') return false;
    if (asked && test.func.id === 'hasattr' && name.value === 'action') return action !== undefined;
    return undefined;
  }
  if (test.type !== 'Compare' || test.comparators.length !== 1) return undefined;
  const [op] = test.ops;
  const [right] = test.comparators;
  const asked = askedOf(test.left, action);
  if (asked === undefined || right === undefined) return undefined;
  const words = wordsOf(right);
  if (words === undefined) return undefined;
  if (op === '==' || op === 'in' || op === 'is') return words.includes(asked);
  return op === '!=' || op === 'not in' || op === 'is not' ? !words.includes(asked) : undefined;
}

/** `self.action`, `self.request.method`. */
function askedOf(node: Expression, action: string | undefined): string | undefined {
  if (node.type === 'Call' && node.func.type === 'Name' && node.func.id === 'getattr') {
    const [of, name] = node.args;
    const isAction = name?.type === 'Constant' && name.value === 'action' && of?.type === 'Name' && of.id === 'self';
    return isAction ? action : undefined;
  }
  if (node.type !== 'Attribute') return undefined;
  if (node.attr === 'action' && nameOf(node) !== undefined) return action;
  const isRequest = nameOf(node.value) === 'self.request' || nameOf(node.value) === 'request';
  return node.attr === 'method' && isRequest && (action === 'list' || action === 'get') ? 'GET' : undefined;
}

function wordsOf(node: Expression): readonly string[] | undefined {
  if (node.type === 'Constant') return node.kind === 'str' ? [node.value] : undefined;
  if (node.type === 'Attribute') {
    return node.attr === 'SAFE_METHODS' ? ['GET', 'HEAD', 'OPTIONS'] : undefined;
  }
  if (node.type === 'Name') return node.id === 'SAFE_METHODS' ? ['GET', 'HEAD', 'OPTIONS'] : undefined;
  if (node.type !== 'List' && node.type !== 'Tuple' && node.type !== 'Set') return undefined;
  const words = node.elts.map((one) => (one.type === 'Constant' && one.kind === 'str' ? one.value : undefined));
  return words.includes(undefined) ? undefined : words.filter((one) => one !== undefined);
}
