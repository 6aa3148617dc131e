import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Value } from '../link/value.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { alternatives } from './alternatives.js';

/** Functions whose callers are asked in turn; deeper ones hardly stand under a condition of the environment. */
const DEPTH = 3;

/**
 * Whether production comes to a place, as far as the conditions around it tell, and those around the calls of its
 * function: undefined where one of them is not known. Conditions inside a function that serves requests are none of these.
 */
export function isReached(program: Program, place: Placed, depth = DEPTH): boolean | undefined {
  let certain = true;
  let inner: TSESTree.Node = place.node;
  for (const outer of nodesAbove(place.module.document.tree, place.node)) {
    const asked = conditionOf(outer, inner);
    if (asked !== undefined) {
      const truth = truthOf(program.javascript.value({ module: place.module, node: asked.condition }));
      if (truth !== undefined && truth !== asked.needed) return false;
      if (truth === undefined) certain = false;
    }
    if (isFunction(outer)) {
      const calls = depth === 0 ? [] : program.javascript.callsOf({ module: place.module, node: outer });
      const reached = calls.map((call) => isReached(program, call, depth - 1));
      if (reached.length > 0 && reached.every((one) => one === false)) return false;
      if (reached.length > 0 && !reached.includes(true)) certain = false;
      break;
    }
    inner = outer;
  }
  return certain ? true : undefined;
}

/** The condition that an outer node puts an inner one under, and what it must be. */
function conditionOf(
  outer: TSESTree.Node,
  inner: TSESTree.Node,
): { condition: TSESTree.Expression; needed: boolean } | undefined {
  if (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') {
    if (inner === outer.consequent) return { condition: outer.test, needed: true };
    if (inner === outer.alternate) return { condition: outer.test, needed: false };
  }
  if (outer.type === 'LogicalExpression' && inner === outer.right && outer.operator !== '??')
    return { condition: outer.left, needed: outer.operator === '&&' };
  return undefined;
}

/** In the sense of JavaScript; undefined where it is not known. */
function truthOf(value: Value): boolean | undefined {
  const truths = new Set((alternatives(value) ?? [undefined]).map((one) => one && truth(one)));
  const [only] = truths;
  return truths.size === 1 ? only : undefined;
}

/** Platforms that build images themselves set NODE_ENV; where nothing tells of a deployment, nothing tells of that either. */
export function isGivenByPlatform({ launch }: Program): boolean {
  return (
    !launch.environment.has('NODE_ENV') &&
    (launch.location === undefined ||
      launch.openEnvironment !== undefined ||
      /(?:^|\/)Procfile[^/]*$/.test(launch.location.uri))
  );
}

function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value) !== 0 && !Number.isNaN(Number(value.value));
    case 'str':
      return value.value !== '';
    case 'unknown':
    case 'external':
      return undefined;
    default:
      return true;
  }
}

export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}
