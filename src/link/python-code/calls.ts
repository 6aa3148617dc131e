import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { ancestryOf } from './classes.js';
import type { CodeEngine } from './engine.js';
import { isAbstract, ownerOf } from './methods.js';
import type { FromLibrary, PythonModule, PythonPlace, PythonTarget } from './python-code.js';
import { scopesOf } from './scopes.js';

/** Modules that are looked through for one name; a name that more of them hold is too common to be followed. */
const WIDEST = 300;

/** Names and attributes by their last word, of one module. */
const spelled = new WeakMap<object, ReadonlyMap<string, readonly Expression[]>>();

function spelledIn(module: PythonModule): ReadonlyMap<string, readonly Expression[]> {
  const before = spelled.get(module.document);
  if (before !== undefined) return before;
  const found = new Map<string, Expression[]>();
  walkPython(module.document.tree, (node) => {
    if (node.type !== 'Name' && node.type !== 'Attribute') return;
    const word = node.type === 'Name' ? node.id : node.attr;
    const others = found.get(word);
    if (others === undefined) found.set(word, [node]);
    else others.push(node);
  });
  spelled.set(module.document, found);
  return found;
}

/** Places that stand for a function or class of the repository, its calls among them. */
export function referencesOf(
  engine: CodeEngine,
  of: PythonPlace<FunctionDef | ClassDef>,
): readonly PythonPlace<Expression>[] {
  const key = referencesKey(of.node);
  const before = engine.answers.get(key) as readonly PythonPlace<Expression>[] | undefined;
  if (before !== undefined) return before;
  const { name } = of.node;
  const paths = engine.pathsWith(name);
  const found: PythonPlace<Expression>[] = [];
  if (paths.length <= WIDEST) {
    const owner = of.node.type === 'FunctionDef' ? ownerOf(of.module, of.node) : undefined;
    const alone = owner !== undefined && isUnlikeOthers(engine, owner, name);
    for (const path of paths) {
      const module = engine.moduleAt(path);
      if (module === undefined) continue;
      const words = new Set([name, ...renamedTo(module, name)]);
      for (const word of words) {
        for (const node of spelledIn(module).get(word) ?? []) {
          const targets = engine.follow({ module, node });
          if (
            targets.some((target) => isOf(engine, target, of, owner)) ||
            (alone && node.type === 'Attribute' && targets.every((one) => isUntold(one, name)))
          )
            found.push({ module, node });
        }
      }
    }
  }
  engine.answers.set(key, found);
  return found;
}

const keys = new WeakMap<FunctionDef | ClassDef, object>();

function referencesKey(node: FunctionDef | ClassDef): object {
  const key = keys.get(node) ?? {};
  keys.set(node, key);
  return key;
}

const renamed = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** `from .views import index as start` lets the function be called by another name. */
function renamedTo(module: PythonModule, name: string): readonly string[] {
  let names = renamed.get(module.document);
  if (names === undefined) {
    const found = new Map<string, string[]>();
    for (const binding of scopesOf(module.document).top.values())
      for (const one of binding.definitions)
        if (one.kind === 'import' && one.member !== undefined && one.member !== binding.name)
          found.set(one.member, [...(found.get(one.member) ?? []), binding.name]);
    renamed.set(module.document, (names = found));
  }
  return names.get(name) ?? [];
}

/** Nobody can tell of what class it is: `getattr(shop, name).deliver()`, `Book.objects.get().deliver()`. */
function isUntold(target: PythonTarget, name: string): boolean {
  if (target.kind === 'library')
    return target.name.endsWith(`().${name}`) && /getattr\(\)|\.objects\./.test(target.name);
  return target.kind === 'unknown' || target.kind === 'parameter';
}

/** Names that objects of libraries have as well. */
const COMMON =
  /^(?:append|cancel|capitalize|clear|close|commit|connect|count|create|decode|delete|encode|endswith|execute|exists|extend|filter|flush|format|handle|insert|lower|notify|parse|perform|prepare|process|publish|receive|refresh|register|release|remove|render|replace|request|resolve|reverse|schedule|search|serialize|startswith|submit|update|upload|upper|validate|values)$/;
/** Classes that do the same in ways of their own. */
const KINDS = 12;

/** A method that is called through what no one can tell the class of: by its name, where only one class has it, or those of one kind. */
function isUnlikeOthers(engine: CodeEngine, owner: PythonPlace<ClassDef>, name: string): boolean {
  if (name.length < 6 || name.startsWith('__')) return false;
  const times = methodsOf(engine).get(name) ?? 0;
  if (times === 1) return !COMMON.test(name);
  const [, ...above] = ancestryOf(engine, owner).own;
  return (
    times <= KINDS &&
    above.some(({ node }) =>
      node.body.some((one) => one.type === 'FunctionDef' && one.name === name && isAbstract(one)),
    )
  );
}

/** The only method of a name in the repository, for calls of what nobody can tell the class of. */
export function onlyMethod(engine: CodeEngine, name: string): PythonPlace<FunctionDef> | undefined {
  if (name.length < 6 || name.startsWith('__') || COMMON.test(name) || methodsOf(engine).get(name) !== 1)
    return undefined;
  for (const path of engine.pathsWith(name)) {
    if (!new RegExp(`\\bdef ${name}\\b`).test(engine.textOf(path))) continue;
    const module = engine.moduleAt(path);
    let found: FunctionDef | undefined;
    if (module !== undefined)
      walkPython(module.document.tree, (node) => {
        if (node.type === 'FunctionDef' && node.name === name && ownerOf(module, node) !== undefined) found ??= node;
      });
    if (module !== undefined && found !== undefined) return { module, node: found };
  }
  return undefined;
}

const definitions = new WeakMap<CodeEngine, ReadonlyMap<string, number>>();

/** How often a method of a name is defined. */
function methodsOf(engine: CodeEngine): ReadonlyMap<string, number> {
  let known = definitions.get(engine);
  if (known === undefined) {
    const found = new Map<string, number>();
    for (const path of engine.paths)
      for (const [, name = ''] of engine.textOf(path).matchAll(/^[ \t]+(?:async )?def (\w+)/gm))
        found.set(name, (found.get(name) ?? 0) + 1);
    definitions.set(engine, (known = found));
  }
  return known;
}

/** The thing itself; or the method of a class above, which calls this one where the object is of this class. */
function isOf(
  engine: CodeEngine,
  target: PythonTarget,
  of: PythonPlace<FunctionDef | ClassDef>,
  owner: PythonPlace<ClassDef> | undefined,
): boolean {
  if (target.kind === 'class') return target.at.node === of.node;
  if (target.kind === 'library') return owner !== undefined && isOfMade(engine, target, of, owner);
  if (target.kind !== 'function') return false;
  if (target.at.node === of.node) return true;
  if (owner === undefined || target.owner === undefined || target.at.node.type !== 'FunctionDef') return false;
  const overridden = target.owner.node;
  return target.at.node.name === of.node.name && ancestryOf(engine, owner).own.some(({ node }) => node === overridden);
}

/** `Book.objects.get(...).deliver()`, `get_or_404(Book, pk=1).deliver()`: a library makes an object of the class that it is handed. */
function isOfMade(
  engine: CodeEngine,
  { name, through, call }: FromLibrary,
  { node }: PythonPlace<FunctionDef | ClassDef>,
  owner: PythonPlace<ClassDef>,
): boolean {
  if (!name.endsWith(`().${node.name}`)) return false;
  const above = (of: PythonPlace<ClassDef>): boolean =>
    ancestryOf(engine, of).own.some((one) => one.node === owner.node);
  if (through !== undefined)
    return /\.(?:get|first|last|create|latest|earliest)\(\)\.\w+$/.test(name) && above(through);
  const [first] = call?.node.args ?? [];
  if (call === undefined || first === undefined) return false;
  return engine.follow({ module: call.module, node: first }).some((one) => one.kind === 'class' && above(one.at));
}

/** Of places that stand for something, those that are called, with their calls. */
export function callsAmong(references: readonly PythonPlace<Expression>[]): readonly PythonPlace<Call>[] {
  return references.flatMap(({ module, node }): PythonPlace<Call>[] => {
    const holder = scopesOf(module.document).above.get(node);
    return holder?.type === 'Call' && holder.func === node ? [{ module, node: holder }] : [];
  });
}
