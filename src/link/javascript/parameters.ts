import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, distinct, frameOf, unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import { declaredType } from './declared-types.js';
import type { Call, FunctionNode, JavaScriptModule, Placed } from './javascript-program.js';
import { alongPattern, patternPath, withDefault } from './patterns.js';
import { bare, isFunction, keyName } from './syntax.js';

/** A function that is called from more places than that is not told from its calls. */
const MOST_CALLS = 24;

/** What a parameter (or a name that its pattern takes from it) may be given. */
export function followParameter(
  js: Engine,
  module: JavaScriptModule,
  name: TSESTree.Node,
  fn: TSESTree.Node,
  frame: Frame | undefined,
): readonly Point[] {
  if (!isFunction(fn)) return [unknownPoint('a parameter of a type')];
  const at = fn.params.findIndex((param) => param.range[0] <= name.range[0] && name.range[1] <= param.range[1]);
  const param = fn.params[at];
  if (param === undefined) return [unknownPoint('a parameter')];
  let pattern: TSESTree.Node = param.type === 'TSParameterProperty' ? param.parameter : param;
  if (pattern.type === 'RestElement') return [unknownPoint('the rest of what a function is given')];
  const fallback = pattern.type === 'AssignmentPattern' ? pattern.right : undefined;
  if (pattern.type === 'AssignmentPattern') pattern = pattern.left;
  const own = frameOf(fn, frame);
  const finish = (points: readonly Point[]): readonly Point[] =>
    alongPattern(
      js,
      fallback === undefined ? points : withDefault(js, points, fallback, module, own),
      patternPath(pattern, name),
      module,
      own,
    );
  if (own?.fn === fn) return finish(argumentOf(js, own.call, at, own.from));
  const given = handed(js, module, fn, at);
  const calls = js.calls === undefined ? [] : (js.calls().get(fn) ?? []);
  const fromCalls =
    calls.length > MOST_CALLS
      ? [unknownPoint('a parameter of a function that is called from many places')]
      : calls.flatMap((call) => argumentOf(js, call, at, undefined));
  const points = distinct(finish([...given, ...fromCalls]));
  if (points.some((point) => point.kind !== 'unknown')) return points;
  const typed = declaredType(js, module, name);
  if (typed.length > 0) return typed;
  if (given.length + fromCalls.length > 0) return points;
  return fallback === undefined ? [unknownPoint(`a parameter of a function that nothing here calls`)] : finish([]);
}

export function argumentOf(
  js: Engine,
  call: Placed<Call> | undefined,
  at: number,
  frame: Frame | undefined,
): readonly Point[] {
  if (call === undefined) return [unknownPoint('a parameter')];
  const before = call.node.arguments.slice(0, at + 1);
  if (before.some((one) => one.type === 'SpreadElement')) return [unknownPoint('arguments that are spread')];
  const argument = call.node.arguments[at];
  return argument === undefined
    ? [absentPoint('nothing is handed over')]
    : js.follow({ module: call.module, node: argument }, frame);
}

/** What hands something to a function that is written right where it is handed over: `x.then((y) => ...)`, `io.on('connection', (socket) => ...)`. */
function handed(js: Engine, module: JavaScriptModule, fn: FunctionNode, at: number): readonly Point[] {
  const call = outer(fn);
  if (call?.type !== 'CallExpression' && call?.type !== 'NewExpression') return [];
  if (bare(call.callee) === fn)
    return js.calls === undefined ? argumentOf(js, { module, node: call }, at, undefined) : [];
  const callee = bare(call.callee);
  if (callee.type === 'MemberExpression') {
    const method = keyName(callee.property, callee.computed);
    const receiver = (): readonly Point[] => js.follow({ module, node: callee.object }, undefined);
    if (method === 'then' && at === 0 && call.arguments[0] === fn) return receiver();
    if (at === 0 && method !== undefined && ITEMS.has(method)) {
      const points = receiver().filter((point) => point.kind === 'repository');
      if (points.length > 0) return points.flatMap((point) => js.memberOf(point, '*'));
    }
  }
  return js.follow({ module, node: callee }, undefined).flatMap((point): Point[] =>
    point.kind === 'package'
      ? [
          {
            ...point,
            steps: [...point.steps, call.type === 'NewExpression' ? 'new' : '()', `=>${at}`],
            call: { module, node: call },
          },
        ]
      : [],
  );
}

const ITEMS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap']);

function outer(node: TSESTree.Node): TSESTree.Node | undefined {
  let at = node.parent;
  while (at !== undefined && bare(at) !== at) at = at.parent;
  return at;
}
