import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, JavaScriptProgram, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Value } from '../link/value.js';
import type { Scope } from '../facts/fact.js';
import type { Evidence } from '../location.js';
import { isGivenByPlatform } from './reached.js';
import type { Node } from '../parse/javascript/walk.js';
import { isFunction } from '../link/javascript/syntax.js';
import { callsNamed } from './javascript-calls.js';
import { aboveOf, at, functionName, written } from './javascript-place.js';

/** Whether a place is reached while the program starts, as far as conditions around it tell. */
export interface Reached {
  readonly outcome: 'yes' | 'no' | 'unknown';
  /** The condition that decides, as it is written; '' where there is none. */
  readonly condition: string;
  /** Environment variables that the conditions read. */
  readonly variables: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The conditions elect one: of the processes of one host (each container is one), or of all instances. */
  readonly elects?: Scope;
}

interface Test {
  readonly expression: Placed<TSESTree.Expression>;
  readonly wanted: boolean;
}

/** How far callers are followed: a start-up calls through a few functions, hardly through more. */
const DEEPEST = 4;

const ALWAYS: Reached = { outcome: 'yes', condition: '', variables: [], evidence: [] };

/** Whether a place is reached: the conditions in its own functions, then those of who calls them. Where several call, one is enough. */
export function reached(program: Program, place: Placed, depth = 0): Reached {
  const own = both(program, testsAbove(place));
  if (own.outcome === 'no' || depth >= DEEPEST) return own;
  const fn = [...aboveOf(place)].reverse().find(isFunction);
  if (fn === undefined) return own;
  const known = program.javascript.callsOf(at(place, fn));
  const calls = known.length > 0 ? known : perhapsCalls(program, at(place, fn));
  if (calls.length === 0) return isHandedOn(place, fn) ? and(own, reached(program, at(place, fn), depth + 1)) : own;
  const outcomes = calls.slice(0, 8).map((call) => reached(program, call, depth + 1));
  const order = known.length > 0 ? (['yes', 'unknown'] as const) : (['unknown', 'yes'] as const);
  const best =
    outcomes.find(({ outcome }) => outcome === order[0]) ??
    outcomes.find(({ outcome }) => outcome === order[1]) ??
    outcomes[0];
  return best === undefined ? own : and(own, best);
}

/** Calls of methods that have the name of one which no call leads to: `user.startJobs()` for `User.startJobs = () => …`. */
function perhapsCalls(program: Program, fn: Placed<FunctionNode>): readonly Placed[] {
  const name = functionName(fn);
  if (name.length < 5) return [];
  return callsNamed(program, name).filter(({ node }) => node.callee.type === 'MemberExpression');
}

/** Every condition that holds where a place stands. */
export function conditionsOf(
  place: Placed,
): readonly { readonly expression: Placed<TSESTree.Expression>; readonly wanted: boolean }[] {
  return testsAbove(place);
}

/** A function that is an argument runs when the call around it runs it, so the conditions around that count as well. */
function isHandedOn(place: Placed, fn: Node): boolean {
  return aboveOf(at(place, fn)).at(-1)?.type === 'CallExpression';
}

function and(a: Reached, b: Reached): Reached {
  const elects = [a.elects, b.elects].includes('cluster') ? 'cluster' : (a.elects ?? b.elects);
  const merged = {
    variables: [...new Set([...a.variables, ...b.variables])].sort(),
    evidence: [...a.evidence, ...b.evidence],
    ...(elects !== undefined && { elects }),
  };
  const worse =
    a.outcome === 'no' || (a.outcome === 'unknown' && b.outcome !== 'no')
      ? a
      : b.outcome === 'yes' && a.condition !== ''
        ? a
        : b;
  return { outcome: worse.outcome, condition: worse.condition || a.condition, ...merged };
}

function both(program: Program, tests: readonly Test[]): Reached {
  return tests.map((test) => judge(program, test)).reduce(and, ALWAYS);
}

function judge(program: Program, { expression, wanted }: Test): Reached {
  const value = program.javascript.value(expression);
  const truth = truthOf(value);
  const condition = written(expression);
  const { variables } = value.origin;
  const elects = ELECTIONS.find(([pattern]) => pattern.test(condition))?.[1];
  const evidence = [
    { message: `${condition} decides whether it is reached`, location: program.javascript.locate(expression) },
  ];
  if (elects !== undefined) return { outcome: 'yes', condition, variables, evidence, elects };
  if (truth === undefined || (truth !== wanted && isAboutProduction(program, condition)))
    return { outcome: truth === undefined ? 'unknown' : 'yes', condition, variables, evidence };
  return { outcome: truth === wanted ? 'yes' : 'no', condition, variables, evidence };
}

/**
 * What process managers tell each of their processes (https://pm2.keymetrics.io/docs/usage/environment/), the cluster module, and
 * names that number instances: pods of a StatefulSet, dynos.
 */
const ELECTIONS: readonly (readonly [RegExp, Scope])[] = [
  [/NODE_APP_INSTANCE|\bpm_id\b|\bisPrimary\b|\bisMaster\b|cluster\.worker|worker\.id\b/, 'host'],
  [/\bHOSTNAME\b|\bhostname\(\)|POD_NAME|POD_INDEX|\bDYNO\b|CF_INSTANCE_INDEX/, 'cluster'],
];

/** Nobody sets NODE_ENV in the repository, and the code asks whether this is production: it is what is judged. */
function isAboutProduction(program: Program, condition: string): boolean {
  return /prod/i.test(condition) && !/!==?/.test(condition) && isGivenByPlatform(program);
}

export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value) !== 0 && !Number.isNaN(value.value);
    case 'str':
      return value.value !== '';
    case 'unknown': {
      const truths = new Set((value.candidates ?? []).map(truthOf));
      const [only] = truths;
      return truths.size === 1 ? only : undefined;
    }
    case 'external':
      return undefined;
    default:
      return true;
  }
}

/** Conditions up to the innermost function: of `if`, `? :`, `&&`, and of what returns or throws before. */
function testsAbove(place: Placed): Test[] {
  const above = aboveOf(place);
  const tests: Test[] = [];
  for (let i = above.length - 1; i >= 0; i--) {
    const node = above[i];
    const inner = above[i + 1] ?? place.node;
    if (node === undefined || isFunction(node)) break;
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      if (inner === node.consequent) tests.push({ expression: at(place, node.test), wanted: true });
      else if (inner === node.alternate) tests.push({ expression: at(place, node.test), wanted: false });
    } else if (node.type === 'LogicalExpression' && inner === node.right && node.operator !== '??') {
      tests.push({ expression: at(place, node.left), wanted: node.operator === '&&' });
    } else if (node.type === 'BlockStatement' || node.type === 'Program') {
      for (const statement of node.body) {
        if (statement === inner) break;
        if (statement.type === 'IfStatement' && statement.alternate === null && leaves(statement.consequent))
          tests.push({ expression: at(place, statement.test), wanted: false });
      }
    }
  }
  return tests.reverse();
}

function leaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** The environment variables that an expression depends on, for people: 'REDIS_URL'. */
export function variablesOf(program: JavaScriptProgram, expression: Placed): readonly string[] {
  return program.value(expression).origin.variables;
}
