import type { Node } from '../../parse/javascript/walk.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';

export function leaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

export function mentions(node: Node, named: (name: string) => boolean): boolean {
  let found = false;
  walkJavaScript(node, (one) => {
    if (one.type === 'Identifier' || one.type === 'PrivateIdentifier') found ||= named(one.name);
    return !found;
  });
  return found;
}
