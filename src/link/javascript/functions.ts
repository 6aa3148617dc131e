import type { TSESTree } from '@typescript-eslint/types';
import type { Engine } from './engine.js';
import type { FunctionNode, Placed } from './javascript-program.js';
import { bare, isFunction } from './syntax.js';

/** Wrappers around wrappers beyond this are not looked into. */
const DEEPEST = 5;

/** The function that an expression stands for: itself, by name, or what the one function that a wrapper is given. */
export function functionBehind(js: Engine, place: Placed, depth = 0): Placed<FunctionNode> | undefined {
  const { module } = place;
  const node = bare(place.node);
  if (isFunction(node)) return { module, node };
  if (depth > DEEPEST) return undefined;
  const points = js.follow({ module, node }, undefined);
  for (const point of points)
    if (point.kind === 'repository' && point.steps.length === 0 && isFunction(point.at.node)) {
      // A wrapper of the repository returns a function that calls what it was given: that is the one of interest.
      const given = node.type === 'CallExpression' ? handedOver(js, { module, node }, depth) : undefined;
      return given ?? { module: point.at.module, node: point.at.node };
    }
  if (node.type === 'CallExpression') return handedOver(js, { module, node }, depth);
  for (const point of points)
    if (
      point.kind === 'package' &&
      point.call?.node.type === 'CallExpression' &&
      point.steps.at(-1) === '()' &&
      point.call.node.range[0] !== node.range[0]
    )
      return handedOver(js, { module: point.call.module, node: point.call.node }, depth);
  return undefined;
}

function handedOver(
  js: Engine,
  { module, node }: Placed<TSESTree.CallExpression>,
  depth: number,
): Placed<FunctionNode> | undefined {
  for (const argument of node.arguments) {
    if (argument.type === 'SpreadElement' || argument.type === 'Literal' || argument.type === 'ObjectExpression')
      continue;
    const found = functionBehind(js, { module, node: argument }, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
