import type { TSESTree } from '@typescript-eslint/types';
import type { Engine, Point } from './engine.js';

/** Of more classes than that it may as well be any. */
const MOST_CLASSES = 12;

/** A member that only a type declares, as the classes have it that implement that type. */
export function implementedMember(js: Engine, type: TSESTree.Node, name: string): readonly Point[] {
  const classes = js.implementers?.().get(type) ?? [];
  if (classes.length > MOST_CLASSES) return [];
  return classes
    .flatMap((at) => js.memberOf({ kind: 'repository', at, steps: ['new'] }, name))
    .filter((point) => point.kind !== 'unknown');
}
