import type { Node } from './ast.js';

type Keys<T extends Node['type']> = readonly Exclude<keyof Extract<Node, { type: T }>, 'type' | 'start' | 'end'>[];

/** The properties of each node that hold nodes, in the usual order of the source. */
const CHILDREN: { readonly [T in Node['type']]: Keys<T> } = {
  Module: ['body'],
  FunctionDef: ['decorators', 'params', 'returns', 'body'],
  ClassDef: ['decorators', 'bases', 'keywords', 'body'],
  Return: ['value'],
  Delete: ['targets'],
  Assign: ['targets', 'value'],
  TypeAlias: ['value'],
  AugAssign: ['target', 'value'],
  AnnAssign: ['target', 'annotation', 'value'],
  For: ['target', 'iter', 'body', 'orelse'],
  While: ['test', 'body', 'orelse'],
  If: ['test', 'body', 'orelse'],
  With: ['items', 'body'],
  WithItem: ['context', 'target'],
  Match: ['subject', 'cases'],
  MatchCase: ['pattern', 'guard', 'body'],
  Raise: ['exc', 'cause'],
  Try: ['body', 'handlers', 'orelse', 'finalbody'],
  ExceptHandler: ['exception', 'body'],
  Assert: ['test', 'message'],
  Import: ['names'],
  ImportFrom: ['names'],
  Alias: [],
  Global: [],
  Nonlocal: [],
  Expr: ['value'],
  Pass: [],
  Break: [],
  Continue: [],
  InvalidStatement: [],
  Parameters: ['list'],
  Parameter: ['annotation', 'default'],
  Keyword: ['value'],
  BoolOp: ['values'],
  NamedExpr: ['target', 'value'],
  BinOp: ['left', 'right'],
  UnaryOp: ['operand'],
  Lambda: ['params', 'body'],
  IfExp: ['body', 'test', 'orelse'],
  Dict: ['keys', 'values'],
  Set: ['elts'],
  Comprehension: ['element', 'value', 'clauses'],
  ComprehensionClause: ['target', 'iter', 'ifs'],
  Await: ['value'],
  Yield: ['value'],
  YieldFrom: ['value'],
  Compare: ['left', 'comparators'],
  Call: ['func', 'args', 'keywords'],
  JoinedStr: ['values'],
  FormattedValue: ['value', 'format'],
  Constant: [],
  Attribute: ['value'],
  Subscript: ['value', 'slice'],
  Starred: ['value'],
  Name: [],
  List: ['elts'],
  Tuple: ['elts'],
  Slice: ['lower', 'upper', 'step'],
  InvalidExpression: [],
};

type Part = Node | string | null;

/**
 * Visits a node and everything below it, parents first and in source order. Where `enter` returns false the children
 * are left out. `parents` holds the nodes above, outermost first; it is reused, so copy what is to be kept. A loop
 * instead of recursion: trees may be thousands of nodes deep.
 */
export function walkPython(root: Node, enter: (node: Node, parents: readonly Node[]) => unknown): void {
  const parents: Node[] = [];
  const nodes: Node[] = [root];
  const depths: number[] = [0];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const depth = depths.pop() ?? 0;
    // Setting the length costs more than a visit, and mostly little is to be taken off.
    while (parents.length > depth) parents.pop();
    if (enter(node, parents) === false) continue;
    const first = nodes.length;
    pushChildren(node, nodes);
    const after = nodes.length;
    if (after === first) continue;
    parents.push(node);
    for (let at = first; at < after; at++) depths.push(depth + 1);
    if (after > first + 1) reverse(nodes, first);
  }
}

/** The nodes directly below a node, in source order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  pushChildren(node, children);
  return children;
}

function pushChildren(node: Node, into: Node[]): void {
  const keys = CHILDREN[node.type] as readonly string[];
  const first = into.length;
  const parts = node as unknown as Readonly<Record<string, Part | readonly Part[]>>;
  for (const key of keys) {
    const part = parts[key];
    if (Array.isArray(part)) {
      for (const element of part as readonly Part[]) {
        if (element !== null && typeof element === 'object') into.push(element);
      }
    } else if (part !== null && typeof part === 'object') into.push(part as Node);
  }
  sort(into, first);
}

/** Keys and values of a dict alternate, and arguments may stand after keywords: what is out of order is set right. */
function sort(nodes: Node[], first: number): void {
  for (let at = first + 1; at < nodes.length; at++) {
    if ((nodes[at]?.start ?? 0) < (nodes[at - 1]?.start ?? 0)) {
      const sorted = nodes.splice(first).sort((a, b) => a.start - b.start);
      for (const node of sorted) nodes.push(node);
      return;
    }
  }
}

function reverse(nodes: Node[], first: number): void {
  for (let low = first, high = nodes.length - 1; low < high; low++, high--) {
    const held = nodes[low];
    const other = nodes[high];
    if (held === undefined || other === undefined) return;
    nodes[low] = other;
    nodes[high] = held;
  }
}
