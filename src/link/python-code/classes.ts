import type { ClassDef, Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { CodeEngine } from './engine.js';
import type { Definition, PythonCode, PythonModule, PythonPlace } from './python-code.js';
import { scopesOf } from './scopes.js';

type Ancestry = ReturnType<PythonCode['ancestry']>;

/** Ancestors that are looked at; real ones have a dozen. */
const MOST = 60;

/** Ancestors of a class, nearest first: a walk over the bases in their order, which finds what Python's order finds but for diamonds. */
export function ancestryOf(engine: CodeEngine, of: PythonPlace<ClassDef>): Ancestry {
  const key = ancestryKey(of.node);
  const before = engine.answers.get(key) as Ancestry | undefined;
  if (before !== undefined) return before;
  // A class that names itself as its base is answered by what is known so far.
  engine.answers.set(key, { own: [of], libraries: [], partial: true });
  const own: PythonPlace<ClassDef>[] = [];
  const libraries: string[] = [];
  let partial = false;
  const waiting = [of];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    const { module, node } = one;
    if (own.some((seen) => seen.node === node)) continue;
    if (own.length >= MOST) {
      partial = true;
      break;
    }
    own.push(one);
    const above: PythonPlace<ClassDef>[] = [];
    for (const base of node.bases) {
      const targets = basesOf(engine, module, base);
      if (targets.length === 0) partial = true;
      for (const target of targets) {
        if (typeof target === 'string') libraries.push(target);
        else above.push(target);
      }
    }
    waiting.unshift(...above);
  }
  const found: Ancestry = { own, libraries: [...new Set(libraries)], partial };
  engine.answers.set(key, found);
  return found;
}

const keys = new WeakMap<ClassDef, object>();

/** The node itself keeps what it stands for as an expression; its ancestry is kept under a key beside it. */
function ancestryKey(node: ClassDef): object {
  const key = keys.get(node) ?? {};
  keys.set(node, key);
  return key;
}

function basesOf(engine: CodeEngine, module: PythonModule, base: Expression): (PythonPlace<ClassDef> | string)[] {
  return engine.follow({ module, node: base }).flatMap((target): (PythonPlace<ClassDef> | string)[] => {
    if (target.kind === 'class') return [target.at];
    // `Generic[T]`, `get_user_model()` and `class_factory(Base)` are written as bases as well.
    if (target.kind === 'library') return [target.name.replace(/\[\]$/, '')];
    return [];
  });
}

/** A member of a class or of those of the repository above it; those that methods give to `self` count for objects. */
export function memberOf(
  engine: CodeEngine,
  of: PythonPlace<ClassDef>,
  name: string,
  instance = true,
): { readonly owner: PythonPlace<ClassDef>; readonly definition: Definition } | undefined {
  const { own } = ancestryOf(engine, of);
  for (const owner of own) {
    const binding = scopesOf(owner.module.document).own(owner.node).get(name);
    const definition = binding?.definitions.at(-1);
    if (definition !== undefined) return { owner, definition };
  }
  if (!instance) return undefined;
  for (const owner of own) {
    const definition = givenToSelf(owner.node).get(name);
    if (definition !== undefined) return { owner, definition };
  }
  return undefined;
}

const given = new WeakMap<ClassDef, ReadonlyMap<string, Definition>>();

/** `self.client = Client()` in a method: the only value that any of them gives; several leave it untold. */
function givenToSelf(node: ClassDef): ReadonlyMap<string, Definition> {
  const before = given.get(node);
  if (before !== undefined) return before;
  const found = new Map<string, Definition>();
  for (const method of node.body) {
    if (method.type !== 'FunctionDef') continue;
    const [self] = method.params.list;
    if (self === undefined) continue;
    walkPython(method, (part) => {
      if (part.type !== 'Assign' && part.type !== 'AnnAssign') return;
      const targets = part.type === 'Assign' ? part.targets : [part.target];
      for (const target of targets) {
        if (target.type !== 'Attribute' || target.value.type !== 'Name' || target.value.id !== self.name) continue;
        if (part.value === null || (part.value.type === 'Constant' && part.value.kind === 'none')) continue;
        const definition: Definition = found.has(target.attr)
          ? { kind: 'other', node: part }
          : { kind: 'value', node: part.value, target: target.value };
        found.set(target.attr, definition);
      }
    });
  }
  given.set(node, found);
  return found;
}
