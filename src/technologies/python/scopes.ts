import type { ClassDef, Expression, FunctionDef, Lambda, Module, Node } from '../../parse/python/ast.js';
import { childrenOf, walkPython } from '../../parse/python/walk.js';

/** A function on the way from the module down to a node, with the class whose method it is. */
export interface Level {
  readonly definition: FunctionDef;
  readonly owner: ClassDef | undefined;
}

export interface Place {
  /** Functions around the node, outermost first. */
  readonly levels: readonly Level[];
  /** Tests of `if`, `while` and conditional expressions around it within the innermost function, outermost first. */
  readonly tests: readonly Expression[];
  /** Whether a bare name at this place is that of the module. */
  isGlobal(name: string): boolean;
}

interface Scope {
  readonly bound: ReadonlySet<string>;
  readonly global: ReadonlySet<string>;
}

/** Visits every node that runs when a function is called, by Python's rules of scope (reference 4.2.2). */
export function walkFunctions(module: Module, visit: (node: Node, place: Place) => void): void {
  descend(module, [], [], [], undefined);

  function descend(
    node: Node,
    levels: readonly Level[],
    tests: readonly Expression[],
    scopes: readonly Scope[],
    owner: ClassDef | undefined,
  ): void {
    if (levels.length > 0) visit(node, { levels, tests, isGlobal: (name) => isGlobal(name, scopes) });
    if (node.type === 'FunctionDef') {
      // Decorators and defaults run outside.
      for (const part of [...node.decorators, node.params]) descend(part, levels, tests, scopes, undefined);
      const inner = [...levels, { definition: node, owner }];
      for (const statement of node.body) descend(statement, inner, [], [...scopes, scopeOf(node)], undefined);
    } else if (node.type === 'ClassDef') {
      for (const child of childrenOf(node)) descend(child, levels, tests, scopes, node);
    } else if (node.type === 'Lambda' || node.type === 'Comprehension') {
      const inner = [...scopes, scopeOf(node)];
      for (const child of childrenOf(node)) descend(child, levels, tests, inner, undefined);
    } else if (node.type === 'If' || node.type === 'While' || node.type === 'IfExp') {
      const within = [...tests, node.test];
      descend(node.test, levels, tests, scopes, undefined);
      for (const child of childrenOf(node)) if (child !== node.test) descend(child, levels, within, scopes, owner);
    } else {
      for (const child of childrenOf(node)) descend(child, levels, tests, scopes, owner);
    }
  }
}

function isGlobal(name: string, scopes: readonly Scope[]): boolean {
  for (let at = scopes.length - 1; at >= 0; at--) {
    if (scopes[at]?.global.has(name) === true) return true;
    if (scopes[at]?.bound.has(name) === true) return false;
  }
  return true;
}

function scopeOf(node: FunctionDef | Lambda | Extract<Node, { type: 'Comprehension' }>): Scope {
  const bound = new Set<string>();
  const global = new Set<string>();
  if (node.type === 'Comprehension') {
    for (const clause of node.clauses) for (const name of namesIn(clause.target)) bound.add(name);
    return { bound, global };
  }
  for (const parameter of node.params.list) bound.add(parameter.name);
  if (node.type === 'Lambda') return { bound, global };
  for (const statement of node.body) walkPython(statement, (part) => bindings(part, bound, global));
  for (const name of global) bound.delete(name);
  return { bound, global };
}

/** Collects what one node binds in the function around it; false where a scope of its own begins. */
function bindings(node: Node, bound: Set<string>, global: Set<string>): boolean | undefined {
  switch (node.type) {
    case 'FunctionDef':
    case 'ClassDef':
      bound.add(node.name);
      return false;
    case 'Lambda':
      return false;
    case 'Global':
      for (const name of node.names) global.add(name);
      return undefined;
    case 'Assign':
    case 'Delete':
      for (const target of node.targets) addNames(target, bound);
      return undefined;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
    case 'NamedExpr':
      addNames(node.target, bound);
      return undefined;
    case 'WithItem':
      if (node.target !== null) addNames(node.target, bound);
      return undefined;
    case 'Import':
    case 'ImportFrom':
      for (const { name, asname } of node.names) bound.add(asname ?? name.split('.', 1)[0] ?? name);
      return undefined;
    case 'ExceptHandler':
      if (node.name !== null) bound.add(node.name);
      return undefined;
    case 'MatchCase':
      if (node.name !== null) bound.add(node.name);
      addNames(node.pattern, bound);
      return undefined;
    default:
      return undefined;
  }
}

function addNames(target: Expression, into: Set<string>): void {
  for (const name of namesIn(target)) into.add(name);
}

/** Names that an assignment to this target binds: `a, (b, *c)`; those inside `x[i]` and `x.y` are only read. */
function namesIn(target: Expression): readonly string[] {
  switch (target.type) {
    case 'Name':
      return [target.id];
    case 'Tuple':
    case 'List':
      return target.elts.flatMap(namesIn);
    case 'Starred':
      return namesIn(target.value);
    case 'Call':
      // A class pattern of `match`.
      return [...target.args, ...target.keywords.map(({ value }) => value)].flatMap(namesIn);
    case 'BinOp':
      return [...namesIn(target.left), ...namesIn(target.right)];
    case 'Dict':
      return target.values.flatMap(namesIn);
    default:
      return [];
  }
}
