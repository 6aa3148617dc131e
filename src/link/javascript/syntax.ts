import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from './javascript-program.js';

type Node = TSESTree.Node;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

export function isClass(node: Node | null | undefined): node is TSESTree.ClassDeclaration | TSESTree.ClassExpression {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

/** What stands inside parentheses of types, assertions and chains. */
export function bare(node: Node): Node {
  let at = node;
  for (;;) {
    switch (at.type) {
      case 'TSAsExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ChainExpression':
      case 'TSInstantiationExpression':
        at = at.expression;
        break;
      default:
        return at;
    }
  }
}

/** The name that a key or member certainly has. */
export function keyName(key: Node, computed: boolean): string | undefined {
  if (!computed && (key.type === 'Identifier' || key.type === 'PrivateIdentifier'))
    return key.type === 'PrivateIdentifier' ? `#${key.name}` : key.name;
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** Functions that a node stands in, innermost last. */
export function functionsAround(node: Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) if (isFunction(at)) found.push(at);
  return found.reverse();
}

/** `module.exports`, or `exports` itself. */
export function isExports(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyName(node.property, node.computed) === 'exports'
  );
}

/** The name of an import or export, which may be a text. */
export function nameOf(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}

/** What is shown runs nothing of this where it is drawn on a server: https://react.dev/reference/react/useEffect#caveats */
export function isForBrowser(node: TSESTree.Node): boolean {
  if (node.type === 'JSXAttribute') return node.name.type === 'JSXIdentifier' && /^on[A-Z]/.test(node.name.name);
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && /^use(?:Layout|Insertion)?(?:Effect|Callback)$/.test(name.name);
}
