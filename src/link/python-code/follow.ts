import type { Call, ClassDef, Expression } from '../../parse/python/ast.js';
import { ancestryOf, memberOf } from './classes.js';
import type { CodeEngine } from './engine.js';
import type {
  Binding,
  Definition,
  FromLibrary,
  PythonFunction,
  PythonModule,
  PythonPlace,
  PythonTarget,
  ScopeNode,
} from './python-code.js';
import { distinct } from './distinct.js';
import { isOfClass, isProperty, isStatic, ownerOf } from './methods.js';
import { returnsOf } from './returns.js';
import { scopesOf } from './scopes.js';

/** Steps from one expression to another that one question may take. */
const DEEPEST = 24;
/** Definitions of one name that are followed: a name that is bound more often holds what no reader can tell. */
const WIDEST = 4;

const CIRCLE: readonly PythonTarget[] = [{ kind: 'unknown', reason: 'it leads back to itself' }];

/** What an expression can stand for, never none. */
export function follow(engine: CodeEngine, place: PythonPlace<Expression>): readonly PythonTarget[] {
  return follower(engine).expression(place, 0);
}

/** What a name stands for that a module binds or imports. */
export function followMember(engine: CodeEngine, module: PythonModule, name: string): readonly PythonTarget[] {
  return follower(engine).ofModule(module, name, 0);
}

interface Follower {
  expression(place: PythonPlace<Expression>, depth: number): readonly PythonTarget[];
  ofModule(module: PythonModule, name: string, depth: number): readonly PythonTarget[];
}

function follower(engine: CodeEngine): Follower {
  const open = new Set<object>();
  let cut = false;

  const unknown = (reason: string): readonly PythonTarget[] => [{ kind: 'unknown', reason }];

  /** Each node is answered once; what was found inside of a circle is not kept. */
  function once(key: object, depth: number, find: () => readonly PythonTarget[]): readonly PythonTarget[] {
    const before = engine.answers.get(key) as readonly PythonTarget[] | undefined;
    if (before !== undefined) return before;
    if (open.has(key) || depth > DEEPEST) {
      cut = true;
      return CIRCLE;
    }
    open.add(key);
    const outside = cut;
    cut = false;
    const found = distinct(find());
    if (!cut) engine.answers.set(key, found);
    cut ||= outside;
    open.delete(key);
    return found;
  }

  function expression(place: PythonPlace<Expression>, depth: number): readonly PythonTarget[] {
    return once(place.node, depth, () => find(place, depth + 1));
  }

  function find({ module, node }: PythonPlace<Expression>, depth: number): readonly PythonTarget[] {
    const at = <N extends Expression>(part: N): PythonPlace<N> => ({ module, node: part });
    switch (node.type) {
      case 'Name':
        return named(module, node.id, scopesOf(module.document).scopeOf(node), depth);
      case 'Attribute':
        return expression(at(node.value), depth).flatMap((one) => attribute(one, node.attr, depth));
      case 'Call':
        return expression(at(node.func), depth).flatMap((one) => called(one, at(node), depth));
      case 'Subscript':
        return expression(at(node.value), depth).map((one) =>
          one.kind === 'library'
            ? { ...one, name: `${one.name}[]` }
            : one.kind === 'class'
              ? one
              : ({ kind: 'unknown', reason: 'an entry of a collection' } as const),
        );
      case 'Await':
        return expression(at(node.value), depth);
      case 'NamedExpr':
        return expression(at(node.value), depth);
      case 'IfExp':
        return [...expression(at(node.body), depth), ...expression(at(node.orelse), depth)];
      case 'BoolOp':
        return node.values.flatMap((one) => expression(at(one), depth));
      case 'Lambda':
        return [{ kind: 'function', at: at(node) }];
      case 'InvalidExpression':
        return unknown('it could not be read');
      default:
        return [{ kind: 'value', at: at(node) }];
    }
  }

  function named(module: PythonModule, name: string, scope: ScopeNode, depth: number): readonly PythonTarget[] {
    const scopes = scopesOf(module.document);
    const binding = scopes.lookUp(name, scope);
    if (binding !== undefined) return bound(module, binding, depth);
    return starred(module, name, depth) ?? [{ kind: 'library', name: `builtins.${name}` }];
  }

  /** What `from x import *` brings. */
  function starred(module: PythonModule, name: string, depth: number): readonly PythonTarget[] | undefined {
    if (depth > DEEPEST) return undefined;
    let outside: string | undefined;
    const { stars } = scopesOf(module.document);
    // Modules of one package mostly import each other's names: who defines it counts before who passes it on.
    for (const star of stars) {
      const from = engine.imported(module.path, star.level, star.module);
      const target = from.kind === 'outside' ? undefined : engine.moduleAt(from.path);
      if (target === undefined || target === module) continue;
      const binding = scopesOf(target.document).top.get(name);
      if (binding?.definitions.some(({ kind }) => kind !== 'import') === true) return ofModule(target, name, depth + 1);
    }
    for (const star of stars) {
      const from = engine.imported(module.path, star.level, star.module);
      if (from.kind === 'outside') {
        outside ??= from.name;
        continue;
      }
      const target = engine.moduleAt(from.path);
      if (target === undefined || target === module) continue;
      if (scopesOf(target.document).top.has(name)) return ofModule(target, name, depth + 1);
      const deeper = starred(target, name, depth + 1);
      if (deeper !== undefined) return deeper;
    }
    return outside === undefined || BUILTINS.has(name) ? undefined : [{ kind: 'library', name: `${outside}.${name}` }];
  }

  function bound(module: PythonModule, binding: Binding, depth: number): readonly PythonTarget[] {
    return once(binding, depth, () => {
      const { definitions } = binding;
      if (definitions.length > WIDEST) return unknown(`${binding.name} is bound in many places`);
      return definitions.flatMap((definition) => defined(module, definition, depth + 1));
    });
  }

  function defined(module: PythonModule, definition: Definition, depth: number): readonly PythonTarget[] {
    switch (definition.kind) {
      case 'function': {
        const owner = ownerOf(module, definition.node);
        const at = { module, node: definition.node };
        return [owner === undefined ? { kind: 'function', at } : { kind: 'function', at, owner }];
      }
      case 'class':
        return [{ kind: 'class', at: { module, node: definition.node } }];
      case 'import':
        return imported(module, definition, depth);
      case 'value':
        return expression({ module, node: definition.node }, depth);
      case 'element':
        return [{ kind: 'element', of: { module, node: definition.node } }];
      case 'entered':
        return expression({ module, node: definition.node }, depth).map((one) =>
          one.kind === 'library' ? { ...one, name: `${one.name}.__enter__()` } : one,
        );
      case 'parameter':
        return parameter(module, definition, depth);
      case 'other':
        return unknown('what it is bound to is not followed');
    }
  }

  function imported(
    from: PythonModule,
    { level, module, member }: Extract<Definition, { kind: 'import' }>,
    depth: number,
  ): readonly PythonTarget[] {
    const target = engine.imported(from.path, level, module);
    if (member === undefined) {
      if (target.kind === 'outside') return [{ kind: 'library', name: target.name }];
      const whole = engine.moduleAt(target.path);
      return whole === undefined ? unknown(`${module} cannot be read`) : [{ kind: 'module', module: whole }];
    }
    const below = engine.imported(from.path, level, module === '' ? member : `${module}.${member}`);
    if (target.kind === 'module') {
      const whole = engine.moduleAt(target.path);
      if (whole !== undefined && (below.kind === 'outside' || scopesOf(whole.document).top.has(member)))
        return ofModule(whole, member, depth);
    }
    if (below.kind === 'module') {
      const whole = engine.moduleAt(below.path);
      return whole === undefined ? unknown(`${member} cannot be read`) : [{ kind: 'module', module: whole }];
    }
    return target.kind === 'module'
      ? unknown(`${module} cannot be read`)
      : [{ kind: 'library', name: `${target.name}.${member}` }];
  }

  function ofModule(module: PythonModule, name: string, depth: number): readonly PythonTarget[] {
    const binding = scopesOf(module.document).top.get(name);
    if (binding !== undefined) return bound(module, binding, depth);
    const star = starred(module, name, depth);
    if (star !== undefined) return star;
    // A submodule that nobody binds in its package is reached through it all the same.
    const below = module.path.endsWith('__init__.py') ? engine.imported(module.path, 1, name) : undefined;
    const whole = below?.kind === 'module' ? engine.moduleAt(below.path) : undefined;
    return whole === undefined ? unknown(`${module.path} has no ${name}`) : [{ kind: 'module', module: whole }];
  }

  /** `self` is an object of the class; what is annotated is an object of what the annotation names. */
  function parameter(
    module: PythonModule,
    { node, of }: Extract<Definition, { kind: 'parameter' }>,
    depth: number,
  ): readonly PythonTarget[] {
    const owner = ownerOf(module, of);
    if (owner !== undefined && of.params.list[0] === node && of.type === 'FunctionDef' && !isStatic(of))
      return isOfClass(of) ? [{ kind: 'class', at: owner }] : [{ kind: 'instance', of: owner }];
    if (node.annotation !== null && node.kind !== 'vararg' && node.kind !== 'kwarg') {
      const types = expression({ module, node: node.annotation }, depth);
      const objects = types.flatMap((one): PythonTarget[] =>
        one.kind === 'class'
          ? [{ kind: 'instance', of: one.at }]
          : one.kind === 'library' && !/^(?:typing|builtins)\.|\[\]/.test(one.name)
            ? [{ kind: 'library', name: `${one.name}()` }]
            : [],
      );
      if (objects.length > 0) return objects;
    }
    return [{ kind: 'parameter', at: { module, node }, of }];
  }

  function attribute(target: PythonTarget, name: string, depth: number): readonly PythonTarget[] {
    switch (target.kind) {
      case 'library': {
        const longer = `${target.name}.${name}`;
        // A folder without __init__.py is no module itself, and what lies in it is.
        const below = /[()[\]]/.test(longer) ? undefined : engine.moduleNamed(longer);
        return [below === undefined ? { ...target, name: longer } : { kind: 'module', module: below }];
      }
      case 'module':
        return ofModule(target.module, name, depth);
      case 'class':
        return ofClass(target.at, name, false, depth);
      case 'instance':
        return ofClass(target.of, name, true, depth);
      default:
        return unknown(target.kind === 'unknown' ? target.reason : `what ${name} belongs to is not followed`);
    }
  }

  function ofClass(of: PythonPlace<ClassDef>, name: string, instance: boolean, depth: number): readonly PythonTarget[] {
    const member = memberOf(engine, of, name, instance);
    if (member !== undefined) {
      const { owner, definition } = member;
      const found = defined(owner.module, definition, depth);
      if (definition.kind !== 'function' || !instance || !isProperty(definition.node)) return found;
      return returned(owner.module, definition.node, depth) ?? unknown(`${name} is computed`);
    }
    const { libraries } = ancestryOf(engine, of);
    // `Meta` of a class and the like are its own; what is not there comes from above, the first that is of a library.
    const [base] = libraries.filter((one) => one !== 'builtins.object');
    return base === undefined
      ? unknown(`${of.node.name} has no ${name}`)
      : [{ kind: 'library', name: `${base}${instance ? '()' : ''}.${name}`, through: of }];
  }

  function called(target: PythonTarget, call: PythonPlace<Call>, depth: number): readonly PythonTarget[] {
    switch (target.kind) {
      case 'library': {
        const next: FromLibrary = { ...target, name: `${target.name}()`, call };
        return [next];
      }
      case 'class':
        return [{ kind: 'instance', of: target.at, call }];
      case 'function':
        return returned(target.at.module, target.at.node, depth) ?? unknown('what it returns is not followed');
      case 'unknown':
        return [target];
      default:
        return unknown('what is called is not followed');
    }
  }

  function returned(module: PythonModule, fn: PythonFunction, depth: number): readonly PythonTarget[] | undefined {
    const results = returnsOf(fn);
    if (results === undefined || results.length > WIDEST) return undefined;
    return results.flatMap((node) => expression({ module, node }, depth));
  }

  return { expression, ofModule };
}

/** Names of Python that no star of an unknown package is likely to replace. */
const BUILTINS = new Set(
  'abs all any bool bytes bytearray callable chr classmethod dict dir divmod enumerate filter float format frozenset getattr globals hasattr hash hex id int isinstance issubclass iter len list locals map max min next object open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip Exception ValueError KeyError TypeError AttributeError RuntimeError ImportError NotImplementedError StopIteration True False None __import__ __name__ __file__'.split(
    ' ',
  ),
);
