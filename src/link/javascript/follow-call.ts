import { because } from './engine.js';
import type { TSESTree } from '@typescript-eslint/types';
import {
  DEEPEST_FRAME,
  distinct,
  unknownPoint,
  type Engine,
  type Frame,
  type PackagePoint,
  type Point,
} from './engine.js';
import { fromSpecifier } from './follow-module.js';
import type { Call, FunctionNode, Placed } from './javascript-program.js';
import { argumentOf } from './parameters.js';
import { isClass, isFunction, keyName, bare } from './syntax.js';

export function followCall(
  js: Engine,
  place: Placed<TSESTree.CallExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  const { module, node } = place;
  const { callee } = node;
  const [first] = node.arguments;
  if (
    callee.type === 'Identifier' &&
    callee.name === 'require' &&
    first !== undefined &&
    isFree(js, { module, node: callee })
  )
    return fromSpecifier(js, { module, node: first }, frame, 'require', node);
  const target = bare(callee);
  if (target.type === 'MemberExpression') {
    const method = keyName(target.property, target.computed);
    const special = method === undefined ? undefined : ofMethod(js, place, target, method, frame);
    if (special !== undefined) return special;
  }
  return js.follow({ module, node: callee }, frame).flatMap((point) => called(js, point, place, frame));
}

export function followConstruction(
  js: Engine,
  place: Placed<TSESTree.NewExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  const { module, node } = place;
  return js.follow({ module, node: node.callee }, frame).flatMap((point): readonly Point[] => {
    if (point.kind === 'unknown') return [point];
    if (point.kind === 'package') return [{ ...point, steps: [...point.steps, 'new'], call: place, frame }];
    if (point.steps.length > 0 || !(isClass(point.at.node) || isFunction(point.at.node)))
      return [unknownPoint('a construction of what is not known')];
    return [{ ...point, steps: ['new'], frame: constructorFrame(point.at.node, place, frame, point.frame) }];
  });
}

function constructorFrame(
  node: TSESTree.Node,
  call: Placed<Call>,
  from: Frame | undefined,
  outer: Frame | undefined,
): Frame | undefined {
  let fn: TSESTree.Node | undefined = node;
  if (isClass(node)) {
    const found = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
    fn = found?.type === 'MethodDefinition' ? found.value : undefined;
  }
  return isFunction(fn) ? newFrame(fn, call, from, outer) : outer;
}

function newFrame(
  fn: FunctionNode,
  call: Placed<Call> | undefined,
  from: Frame | undefined,
  outer: Frame | undefined,
): Frame | undefined {
  const depth = Math.max(from?.depth ?? 0, outer?.depth ?? 0) + 1;
  if (depth > DEEPEST_FRAME) return undefined;
  return { fn, call, from, outer, depth, memo: new Map(), values: new Map(), members: new Map() };
}

/** What a call of this gives. */
export function called(
  js: Engine,
  point: Point,
  place: Placed<TSESTree.CallExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  if (point.kind === 'unknown') return [point];
  if (point.kind === 'package')
    return transparent(js, point, place, frame) ?? [{ ...point, steps: [...point.steps, '()'], call: place, frame }];
  if (point.steps.length > 0)
    return point.steps.at(-1) === 'new'
      ? [unknownPoint('a call of an object')]
      : [{ ...point, steps: [...point.steps, '()'] }];
  if (!isFunction(point.at.node)) return [unknownPoint('a call of what is no function here')];
  const fn = point.at.node;
  const own = newFrame(fn, place, frame, point.frame);
  // Were it followed without one, the calls in it would be nested as deeply again.
  if (own === undefined) return [unknownPoint('calls that are nested too deeply')];
  for (let at = frame; at !== undefined; at = at.from)
    if (at.fn === fn) return [unknownPoint('it leads back to itself')];
  return because(returnsOf(js, { module: point.at.module, node: fn }, own), point.variables ?? []);
}

/** Methods of what is no package: those of functions and promises. */
function ofMethod(
  js: Engine,
  place: Placed<TSESTree.CallExpression>,
  target: TSESTree.MemberExpression,
  method: string,
  frame: Frame | undefined,
): readonly Point[] | undefined {
  const { module, node } = place;
  const receiver = (): readonly Point[] => js.follow({ module, node: target.object }, frame);
  if (method === 'bind') {
    const points = receiver();
    if (points.some((point) => point.kind === 'repository' && isFunction(point.at.node))) return points;
  }
  if (method === 'then' && node.arguments[0] !== undefined) {
    const next = js.follow({ module, node: node.arguments[0] }, frame);
    const returned = next.flatMap((point) =>
      point.kind === 'repository' && isFunction(point.at.node) && point.steps.length === 0
        ? returnsOf(js, { module: point.at.module, node: point.at.node }, point.frame)
        : [],
    );
    return returned.length > 0 ? returned : undefined;
  }
  if (method === 'catch' || method === 'finally') {
    const points = receiver();
    if (points.some((point) => point.kind === 'package' && /^(?:\(\)|new)$/.test(point.steps.at(-1) ?? '')))
      return points;
  }
  return undefined;
}

/** Functions that give back what they are given, by package and steps. */
const TRANSPARENT: Readonly<Record<string, readonly string[]>> = {
  'node:util': ['promisify', 'callbackify', 'deprecate', 'inherits'],
  'node:global': ['Object.freeze', 'Object.seal', 'Object.preventExtensions', 'Promise.resolve', 'structuredClone'],
  bluebird: ['promisifyAll', 'promisify', 'resolve', 'Promise.promisifyAll', 'Promise.promisify'],
  pify: [''],
};

function transparent(
  js: Engine,
  point: PackagePoint,
  place: Placed<Call>,
  frame: Frame | undefined,
): readonly Point[] | undefined {
  const known = Object.hasOwn(TRANSPARENT, point.package) ? TRANSPARENT[point.package] : undefined;
  return known?.includes(point.steps.join('.')) === true ? argumentOf(js, place, 0, frame) : undefined;
}

function isFree(js: Engine, place: Placed): boolean {
  const variable = js.graph.scopes(place.module).variableOf(place.node);
  if (variable === undefined || variable.defs.length === 0) return true;
  // `const require = createRequire(import.meta.url)`
  const [def] = variable.defs;
  const node = def?.node as TSESTree.Node | undefined;
  return (
    node?.type === 'VariableDeclarator' &&
    node.init?.type === 'CallExpression' &&
    calleeName(node.init) === 'createRequire'
  );
}

function calleeName({ callee }: TSESTree.CallExpression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : undefined;
}

/** What a function may return; what a promise of it comes to is the same here. */
export function returnsOf(js: Engine, fn: Placed<FunctionNode>, frame: Frame | undefined): readonly Point[] {
  const { module, node } = fn;
  if (node.generator) return [unknownPoint('a generator')];
  if (node.body === null || node.body === undefined) return [unknownPoint('a function without a body')];
  if (node.body.type !== 'BlockStatement') return js.follow({ module, node: node.body }, frame);
  const returns = returnsIn(js, fn, frame);
  const points = returns.nodes.flatMap((one) => because(js.follow({ module, node: one }, frame), returns.variables));
  return points.length === 0 ? [unknownPoint('a function that returns nothing')] : distinct(points);
}

export interface Returns {
  readonly nodes: readonly TSESTree.Expression[];
  /** Whether it may also end without one. */
  readonly open: boolean;
  readonly variables: readonly string[];
}

/** The expressions that a function may return, branches that are decided left out. */
export function returnsIn(js: Engine, { module, node }: Placed<FunctionNode>, frame: Frame | undefined): Returns {
  const nodes: TSESTree.Expression[] = [];
  const variables = new Set<string>();
  let bare = false;
  /** Whether what follows the statement may still run. */
  const run = (statement: TSESTree.Node | null | undefined): boolean => {
    switch (statement?.type) {
      case 'ReturnStatement':
        if (statement.argument === null) bare = true;
        else nodes.push(statement.argument);
        return false;
      case 'ThrowStatement':
        return false;
      case 'BlockStatement':
        return statement.body.every(run);
      case 'IfStatement': {
        const decided = js.decide({ module, node: statement.test }, frame);
        if (decided.truth !== undefined) for (const name of decided.variables) variables.add(name);
        if (decided.truth === true) return run(statement.consequent);
        if (decided.truth === false) return statement.alternate === null || run(statement.alternate);
        const first = run(statement.consequent);
        return statement.alternate === null || run(statement.alternate) || first;
      }
      case 'TryStatement': {
        const on = run(statement.block);
        const handled = statement.handler !== null && run(statement.handler.body);
        return (statement.finalizer === null || run(statement.finalizer)) && (on || handled);
      }
      case 'SwitchStatement':
        statement.cases.forEach((one) => one.consequent.every(run));
        return true;
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
        run(statement.body);
        return true;
      default:
        return true;
    }
  };
  const open = run(node.body) || bare;
  return { nodes, open, variables: [...variables].sort() };
}
