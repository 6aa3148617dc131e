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

type Scoped = FunctionDef | Lambda | Extract<Node, { type: 'Comprehension' }>;

/** What the nodes between two functions or tests have in common; scopes are read when a name is asked for, which few nodes do. */
class Surroundings implements Place {
  readonly levels: readonly Level[];
  readonly tests: readonly Expression[];
  readonly #scopes: readonly Scoped[];

  constructor(levels: readonly Level[], tests: readonly Expression[], scopes: readonly Scoped[]) {
    this.levels = levels;
    this.tests = tests;
    this.#scopes = scopes;
  }

  within(scope: Scoped, levels = this.levels, tests = this.tests): Surroundings {
    return new Surroundings(levels, tests, [...this.#scopes, scope]);
  }

  under(test: Expression): Surroundings {
    return new Surroundings(this.levels, [...this.tests, test], this.#scopes);
  }

  isGlobal(name: string): boolean {
    for (const node of this.#scopes.toReversed()) {
      const scope = scopeOf(node);
      if (scope.global.has(name)) return true;
      if (scope.bound.has(name)) return false;
    }
    return true;
  }
}

/** Visits every node that runs when a function is called, by Python's rules of scope (reference 4.2.2). */
export function walkFunctions(module: Module, visit: (node: Node, place: Place) => void): void {
  descend(module, new Surroundings([], [], []), undefined);

  function descend(node: Node, place: Surroundings, owner: ClassDef | undefined): void {
    if (place.levels.length > 0) visit(node, place);
    if (node.type === 'FunctionDef') {
      // Decorators and defaults run outside.
      for (const part of [...node.decorators, node.params]) descend(part, place, undefined);
      const inner = place.within(node, [...place.levels, { definition: node, owner }], []);
      for (const statement of node.body) descend(statement, inner, undefined);
    } else if (node.type === 'ClassDef') {
      for (const child of childrenOf(node)) descend(child, place, node);
    } else if (node.type === 'Lambda' || node.type === 'Comprehension') {
      const inner = place.within(node);
      for (const child of childrenOf(node)) descend(child, inner, undefined);
    } else if (node.type === 'If' || node.type === 'While' || node.type === 'IfExp') {
      const within = place.under(node.test);
      descend(node.test, place, undefined);
      for (const child of childrenOf(node)) if (child !== node.test) descend(child, within, owner);
    } else {
      for (const child of childrenOf(node)) descend(child, place, owner);
    }
  }
}

const scopes = new WeakMap<Scoped, Scope>();

function scopeOf(node: Scoped): Scope {
  let scope = scopes.get(node);
  if (scope === undefined) scopes.set(node, (scope = readScope(node)));
  return scope;
}

function readScope(node: Scoped): Scope {
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
