import { because } from './engine.js';
import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import type { JavaScriptModule } from './javascript-program.js';
import { keyName } from './syntax.js';

/** One step from a value to a name that a pattern takes from it. */
export interface PatternStep {
  /** Undefined where it is computed, or the rest of something. */
  readonly key: string | undefined;
  readonly rest: boolean;
  readonly default: TSESTree.Expression | undefined;
}

/** From the value that a pattern is given to the name in it; empty where the pattern is the name. */
export function patternPath(pattern: TSESTree.Node, name: TSESTree.Node): PatternStep[] {
  const path: PatternStep[] = [];
  let fallback: TSESTree.Expression | undefined;
  for (let at = name; at !== pattern && at.parent !== undefined; at = at.parent) {
    const { parent }: { parent?: TSESTree.Node } = at;
    if (parent === undefined) break;
    if (parent.type === 'AssignmentPattern') {
      if (parent.left === at) fallback = parent.right;
    } else if (parent.type === 'Property') {
      path.push({ key: keyName(parent.key, parent.computed), rest: false, default: fallback });
      fallback = undefined;
    } else if (parent.type === 'RestElement') {
      path.push({ key: undefined, rest: true, default: undefined });
    } else if (parent.type === 'ArrayPattern') {
      const rest = at.type === 'RestElement';
      if (!rest)
        path.push({
          key: String(parent.elements.indexOf(at as TSESTree.DestructuringPattern)),
          rest,
          default: fallback,
        });
      fallback = undefined;
    }
  }
  return path.reverse();
}

/** Goes the steps of a pattern; a default counts where there certainly is nothing, and as one more possibility where that is not known. */
export function alongPattern(
  js: Engine,
  start: readonly Point[],
  path: readonly PatternStep[],
  module: JavaScriptModule,
  frame: Frame | undefined,
): readonly Point[] {
  let points = start;
  for (const { key, rest, default: fallback } of path) {
    // The rest of an object has its members, but for those that were taken.
    if (rest) continue;
    points = key === undefined ? [unknownPoint('a computed key')] : points.flatMap((point) => js.memberOf(point, key));
    if (fallback !== undefined) points = withDefault(js, points, fallback, module, frame);
  }
  return points;
}

export function withDefault(
  js: Engine,
  points: readonly Point[],
  fallback: TSESTree.Expression,
  module: JavaScriptModule,
  frame: Frame | undefined,
): readonly Point[] {
  const other = (): readonly Point[] => js.follow({ module, node: fallback }, frame);
  const there = points.filter((point) => !(point.kind === 'unknown' && point.absent === true));
  if (there.length === 0)
    return because(
      other(),
      points.flatMap((point) => point.variables ?? []),
    );
  if (there.every((point) => point.kind === 'package' && point.package === 'node:process')) {
    const value = js.valueOf(there);
    if (value.kind === 'none') return because(other(), value.origin.variables);
    return value.kind === 'unknown' ? [...there, ...other()] : there;
  }
  const certain =
    there.length === points.length && there.every((point) => point.kind === 'repository' && point.steps.length === 0);
  return certain ? there : [...there, ...other()];
}

export const absentMember = (name: string): Point => absentPoint(`there is no ${name}`);
