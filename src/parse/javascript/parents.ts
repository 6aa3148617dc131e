import type { Node } from './walk.js';
import { childrenOf } from './walk.js';

const known = new WeakMap<Node, ReadonlyMap<Node, Node>>();

/** The nodes above one, nearest first, up to the tree that it stands in. The tree is walked once. */
export function nodesAbove(tree: Node, node: Node): readonly Node[] {
  let parents = known.get(tree);
  if (parents === undefined) known.set(tree, (parents = parentsIn(tree)));
  const above: Node[] = [];
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) above.push(at);
  return above;
}

function parentsIn(tree: Node): ReadonlyMap<Node, Node> {
  const parents = new Map<Node, Node>();
  const waiting = [tree];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const child of childrenOf(at)) {
      parents.set(child, at);
      waiting.push(child);
    }
  }
  return parents;
}
