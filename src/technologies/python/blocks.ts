import type { Node, Statement } from '../../parse/python/ast.js';

/** The lists of statements that a statement holds. */
export function blocksOf(node: Node): readonly (readonly Statement[])[] {
  switch (node.type) {
    case 'Module':
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
    case 'ExceptHandler':
      return [node.body];
    case 'If':
    case 'For':
    case 'While':
      return [node.body, node.orelse];
    case 'Try':
      return [node.body, node.orelse, node.finalbody];
    default:
      return [];
  }
}
