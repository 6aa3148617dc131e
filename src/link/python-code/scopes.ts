import type { Document } from '../../parse/document.js';
import type { Expression, Module, Name, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Binding, Definition, PythonFunction, Reference, ScopeNode } from './python-code.js';

/** The names of one module: https://docs.python.org/3/reference/executionmodel.html#naming-and-binding */
export interface Scopes {
  /** Names of the module itself, in the order in which they are bound. */
  readonly top: ReadonlyMap<string, Binding>;
  /** The scope that a name is looked up in. */
  scopeOf(node: Name): ScopeNode;
  /** The binding that a name in a scope refers to; undefined for builtins and what stars import. */
  lookUp(name: string, scope: ScopeNode): Binding | undefined;
  /** Names that a scope itself binds. */
  own(scope: ScopeNode): ReadonlyMap<string, Binding>;
  /** Modules of which everything is imported, later ones first. */
  readonly stars: readonly { readonly level: number; readonly module: string }[];
  /** The node above each node, but for the module. */
  readonly above: ReadonlyMap<Node, Node>;
}

interface Growing extends Binding {
  readonly definitions: Definition[];
  readonly references: Reference[];
}

const known = new WeakMap<Document<Module>, Scopes>();

export function scopesOf(document: Document<Module>): Scopes {
  const before = known.get(document);
  if (before !== undefined) return before;
  const made = analyse(document.tree);
  known.set(document, made);
  return made;
}

function analyse(tree: Module): Scopes {
  const above = new Map<Node, Node>();
  const scopes = new Map<Name, ScopeNode>();
  const outer = new Map<ScopeNode, ScopeNode>();
  const names = new Map<ScopeNode, Map<string, Growing>>([[tree, new Map()]]);
  const elsewhere = new Map<ScopeNode, Map<string, 'global' | 'nonlocal'>>();
  const stars: { level: number; module: string }[] = [];
  const reads: { node: Name; scope: ScopeNode }[] = [];
  const stored = new Set<Name>();
  const around = new Map<ScopeNode, readonly PythonFunction[]>();

  /** Functions that a scope belongs to, innermost last. */
  const functionsOf = (scope: ScopeNode): readonly PythonFunction[] => {
    const before = around.get(scope);
    if (before !== undefined) return before;
    const up = outer.get(scope);
    const outside = up === undefined ? [] : functionsOf(up);
    const found = isFunction(scope) ? [...outside, scope] : outside;
    around.set(scope, found);
    return found;
  };

  const bind = (name: string, scope: ScopeNode, definition: Definition, at?: Name): void => {
    const declared = elsewhere.get(scope)?.get(name);
    let home = scope;
    if (declared === 'global') home = tree;
    else if (declared === 'nonlocal') {
      for (let up = outer.get(scope); up !== undefined && up !== tree; up = outer.get(up)) {
        if (up.type === 'ClassDef' || names.get(up)?.has(name) !== true) continue;
        home = up;
        break;
      }
    }
    const own = names.get(home) ?? new Map<string, Growing>();
    names.set(home, own);
    const binding = own.get(name) ?? { name, scope: home, definitions: [], references: [] };
    own.set(name, binding);
    binding.definitions.push(definition);
    if (at !== undefined) {
      stored.add(at);
      binding.references.push({ node: at, write: true, within: functionsOf(scope) });
    }
  };

  const target = (
    node: Node,
    scope: ScopeNode,
    part: Expression,
    value: Expression | undefined,
    kind: 'value' | 'element' | 'entered',
  ): void => {
    if (part.type === 'Name') {
      bind(
        part.id,
        targetScope(node, scope, outer),
        value === undefined ? { kind: 'other', node } : { kind, node: value, target: part },
        part,
      );
    } else if (part.type === 'Tuple' || part.type === 'List') {
      const pairs = kind === 'value' && value !== undefined && isPlain(value) && isPlain(part) ? value.elts : [];
      const paired = pairs.length === part.elts.length ? pairs : [];
      for (const [at, element] of part.elts.entries()) target(node, scope, element, paired[at], 'value');
    } else if (part.type === 'Starred') target(node, scope, part.value, undefined, kind);
  };

  // Writes are bound while going down, where the names of the functions around them are known already.
  const scopeAt: ScopeNode[] = [tree];
  walkPython(tree, (node, parents) => {
    const depth = parents.length;
    const parent = parents[depth - 1];
    if (parent !== undefined) above.set(node, parent);
    const scope = parent === undefined ? tree : scopeBelow(parent, node, scopeAt[depth - 1] ?? tree);
    scopeAt[depth] = scope;
    if (isScope(node) && node !== tree) {
      outer.set(node, scope);
      if (!names.has(node)) names.set(node, new Map());
    }
    switch (node.type) {
      case 'FunctionDef':
        bind(node.name, scope, { kind: 'function', node });
        break;
      case 'ClassDef':
        bind(node.name, scope, { kind: 'class', node });
        break;
      case 'Parameter': {
        const fn = parents.at(-2);
        if (fn?.type === 'FunctionDef' || fn?.type === 'Lambda')
          bind(node.name, fn, { kind: 'parameter', node, of: fn });
        break;
      }
      case 'Import':
        for (const alias of node.names)
          bind(alias.asname ?? firstPart(alias.name), scope, {
            kind: 'import',
            node: alias,
            level: 0,
            module: alias.asname === null ? firstPart(alias.name) : alias.name,
          });
        break;
      case 'ImportFrom':
        for (const alias of node.names) {
          const { level, module } = node;
          if (alias.name === '*') stars.unshift({ level, module });
          else
            bind(alias.asname ?? alias.name, scope, { kind: 'import', node: alias, level, module, member: alias.name });
        }
        break;
      case 'Global':
      case 'Nonlocal': {
        const declared = elsewhere.get(scope) ?? new Map<string, 'global' | 'nonlocal'>();
        for (const name of node.names) declared.set(name, node.type === 'Global' ? 'global' : 'nonlocal');
        elsewhere.set(scope, declared);
        break;
      }
      case 'Assign':
        for (const one of node.targets) target(node, scope, one, node.value, 'value');
        break;
      case 'AnnAssign':
        if (node.value !== null) target(node, scope, node.target, node.value, 'value');
        break;
      case 'NamedExpr':
        target(node, scope, node.target, node.value, 'value');
        break;
      case 'AugAssign':
        target(node, scope, node.target, undefined, 'value');
        break;
      case 'For':
      case 'ComprehensionClause':
        target(node, scope, node.target, node.iter, 'element');
        break;
      case 'WithItem':
        if (node.target !== null) target(node, scope, node.target, node.context, 'entered');
        break;
      case 'Delete':
        for (const one of node.targets) target(node, scope, one, undefined, 'value');
        break;
      case 'ExceptHandler':
        if (node.name !== null) bind(node.name, scope, { kind: 'other', node });
        break;
      case 'Name':
        scopes.set(node, scope);
        if (!stored.has(node)) reads.push({ node, scope });
        break;
      default:
    }
  });

  const lookUp = (name: string, scope: ScopeNode): Growing | undefined => {
    const declared = elsewhere.get(scope)?.get(name);
    if (declared === 'global') return names.get(tree)?.get(name);
    for (let at: ScopeNode | undefined = scope; at !== undefined; at = outer.get(at)) {
      // The names of a class are none of its methods'.
      if (at.type === 'ClassDef' && at !== scope) continue;
      const found = names.get(at)?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const { node, scope } of reads)
    lookUp(node.id, scope)?.references.push({ node, write: false, within: functionsOf(scope) });

  const none = new Map<string, Binding>();
  return {
    top: names.get(tree) ?? none,
    scopeOf: (node) => scopes.get(node) ?? tree,
    lookUp,
    own: (scope) => names.get(scope) ?? none,
    stars,
    above,
  };
}

/** The scope that a child of a node belongs to: decorators, defaults and bases belong to the scope outside. */
function scopeBelow(parent: Node, child: Node, scope: ScopeNode): ScopeNode {
  switch (parent.type) {
    case 'FunctionDef':
      return child.start < parent.start || child === parent.returns || child.type === 'Parameters' ? scope : parent;
    case 'Lambda':
      return child.type === 'Parameters' ? scope : parent;
    case 'ClassDef':
      return child.start < parent.start || child.type === 'Keyword' || parent.bases.includes(child as Expression)
        ? scope
        : parent;
    case 'Comprehension':
      return parent;
    default:
      return scope;
  }
}

/** What a comprehension assigns by `:=` belongs to the function around it. */
function targetScope(node: Node, scope: ScopeNode, outer: ReadonlyMap<ScopeNode, ScopeNode>): ScopeNode {
  if (node.type !== 'NamedExpr') return scope;
  let at = scope;
  while (at.type === 'Comprehension') {
    const up = outer.get(at);
    if (up === undefined) break;
    at = up;
  }
  return at;
}

/** Whether a child of a function is run when the function is, and not where it is defined. */
export function isInside(fn: PythonFunction, child: Node): boolean {
  return !(
    child.type === 'Parameters' ||
    (fn.type === 'FunctionDef' && (child.start < fn.start || child === fn.returns))
  );
}

export function isFunction(node: Node): node is PythonFunction {
  return node.type === 'FunctionDef' || node.type === 'Lambda';
}

function isScope(node: Node): node is ScopeNode {
  return isFunction(node) || node.type === 'Module' || node.type === 'ClassDef' || node.type === 'Comprehension';
}

/** `a, b = 1, 2`: without a star each target has its value. */
function isPlain(node: Expression): node is Extract<Expression, { type: 'Tuple' | 'List' }> {
  return (node.type === 'Tuple' || node.type === 'List') && !node.elts.some((one) => one.type === 'Starred');
}

function firstPart(name: string): string {
  return name.split('.', 1)[0] ?? name;
}
