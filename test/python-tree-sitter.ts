import { createRequire } from 'node:module';
import { Language, Parser, Query, type Node as PeerNode } from 'web-tree-sitter';
import type { Module, Node } from '../src/parse/python/ast.js';
import type { walkPython } from '../src/parse/python/walk.js';

/** Where calls, assignments, imports, definitions and decorators stand: `call 10-14`, sorted. */
export type Places = readonly string[];

const QUERY = `
  (call) @call
  (assignment) @assignment
  (augmented_assignment) @assignment
  (named_expression) @assignment
  (import_statement) @import
  (import_from_statement) @import
  (future_import_statement) @import
  (class_definition) @class
  (function_definition) @function
  (decorator) @decorator
`;

export interface Peer {
  /** Null where tree-sitter finds the text broken. */
  places(text: string): Places | null;
  parse(text: string): void;
}

export async function loadPeer(): Promise<Peer> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
  const language = await Language.load(grammar);
  const query = new Query(language, QUERY);
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    places(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('tree-sitter gave no tree');
      const places: string[] = [];
      const { rootNode } = tree;
      if (!rootNode.hasError) {
        for (const { name, node } of query.captures(rootNode)) {
          if (!isLink(node)) places.push(peerPlace(name, node, text));
        }
      }
      const { hasError } = rootNode;
      tree.delete();
      return hasError ? null : places.sort();
    },
    parse(text) {
      parser.parse(text)?.delete();
    },
  };
}

/** `b = c` within `a = b = c`, which is one Assign. */
function isLink(node: PeerNode): boolean {
  return node.type === 'assignment' && node.parent?.type === 'assignment';
}

function peerPlace(kind: string, node: PeerNode, text: string): string {
  if (kind === 'decorator') {
    // Ours is the expression without the `@`, and without parentheses around it.
    const expression = node.namedChild(0);
    return `decorator ${bare(text, expression?.startIndex ?? 0)}`;
  }
  const definition = kind === 'class' || kind === 'function';
  return definition
    ? `${kind} ${node.startIndex} ${node.childForFieldName('name')?.text ?? ''}`
    : `${kind} ${node.startIndex}-${node.endIndex}`;
}

/** Past opening parentheses and space. */
function bare(text: string, start: number): number {
  let at = start;
  while (/[\s(]/.test(text.charAt(at))) at++;
  return at;
}

export function ourPlaces(tree: Module, text: string, walk: typeof walkPython): Places {
  const places: string[] = [];
  const enter = (node: Node): unknown => {
    switch (node.type) {
      case 'Call':
        places.push(`call ${node.start}-${node.end}`);
        break;
      case 'Assign':
      case 'AnnAssign':
      case 'AugAssign':
      case 'NamedExpr':
        places.push(`assignment ${node.start}-${node.end}`);
        break;
      case 'Import':
      case 'ImportFrom':
        places.push(`import ${node.start}-${node.end}`);
        break;
      case 'ClassDef':
      case 'FunctionDef':
        places.push(`${node.type === 'ClassDef' ? 'class' : 'function'} ${node.start} ${node.name}`);
        for (const decorator of node.decorators) places.push(`decorator ${bare(text, decorator.start)}`);
        break;
      case 'MatchCase':
        // Patterns only look like expressions.
        if (node.guard !== null) walk(node.guard, enter);
        for (const statement of node.body) walk(statement, enter);
        return false;
      default:
    }
    return undefined;
  };
  walk(tree, enter);
  return places.sort();
}

/** What only one side has. */
export function differences(ours: Places, theirs: Places): string[] {
  const left = new Set(ours);
  const right = new Set(theirs);
  return [
    ...ours.filter((place) => !right.has(place)).map((place) => `only ours: ${place}`),
    ...theirs.filter((place) => !left.has(place)).map((place) => `only tree-sitter: ${place}`),
  ];
}
