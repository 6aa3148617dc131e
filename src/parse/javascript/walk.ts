import type { TSESTree } from '@typescript-eslint/types';

export type Node = TSESTree.Node;

/**
 * Calls `enter` for a node and all below it, in the order of the text; `enter` returning false leaves out what is below. With
 * the nodes above, nearest last. Bounded: the parser takes no tree that is too deep to recurse into.
 */
export function walkJavaScript(node: Node, enter: (node: Node, above: readonly Node[]) => unknown): void {
  const above: Node[] = [];
  const visit = (one: Node): void => {
    if (enter(one, above) === false) return;
    above.push(one);
    for (const child of childrenOf(one)) visit(child);
    above.pop();
  };
  visit(node);
}

/** The nodes right below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    // Most of what a node holds is text and numbers.
    if (typeof value !== 'object' || value === null) continue;
    if (key === 'parent' || key === 'loc' || key === 'range' || key === 'tokens' || key === 'comments') continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return isInOrder(children) ? children : children.sort((a, b) => a.range[0] - b.range[0]);
}

function isInOrder(nodes: readonly Node[]): boolean {
  let last = 0;
  for (const { range } of nodes) {
    if (range[0] < last) return false;
    last = range[0];
  }
  return true;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
