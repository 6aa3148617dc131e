import type { TSESTree } from '@typescript-eslint/types';
import { namedType } from './declared-types.js';
import type { Engine, Point } from './engine.js';
import type { Placed } from './javascript-program.js';
import { isClass } from './syntax.js';

/** The classes of the component that say that they implement an interface, or that extend a class. */
export function findImplementers(js: Engine): ReadonlyMap<TSESTree.Node, readonly Placed[]> {
  const found = new Map<TSESTree.Node, Placed[]>();
  const add = (points: readonly Point[], place: Placed): void => {
    for (const point of points) {
      if (point.kind !== 'repository') continue;
      const { node } = point.at;
      if (!isClass(node) && node.type !== 'TSInterfaceDeclaration') continue;
      const there = found.get(node);
      if (there === undefined) found.set(node, [place]);
      else if (!there.some((one) => one.node === place.node)) there.push(place);
    }
  };
  for (const { module, classes } of js.graph.modules)
    for (const node of classes) {
      const place = { module, node };
      for (const { expression } of node.implements) add(namedType(js, { module, node: expression }), place);
      if (node.superClass !== null) add(js.follow({ module, node: node.superClass }, undefined), place);
    }
  return found;
}
