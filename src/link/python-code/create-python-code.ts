import type { Inventory } from '../../discover/inventory.js';
import { locate, type Documents } from '../../parse/document.js';
import type { Expression, FunctionDef, Module, Node } from '../../parse/python/ast.js';
import type { PythonEvaluator } from '../program.js';
import { rootOf } from '../python/roots.js';
import { callsAmong, onlyMethod, referencesOf } from './calls.js';
import { ancestryOf, memberOf } from './classes.js';
import type { CodeEngine, ImportedModule } from './engine.js';
import { follow, followMember } from './follow.js';
import { ownerOf } from './methods.js';
import type { PythonCode, PythonFunction, PythonModule, PythonPlace, PythonTarget } from './python-code.js';
import { isFunction, isInside, scopesOf } from './scopes.js';
import { pythonFiles } from './sources.js';
import { usesOf } from './uses.js';
import { indexWords, type WordIndex } from './word-index.js';

export interface CodeSources {
  readonly inventory: Inventory;
  readonly documents: Documents;
  readonly directory: string;
  readonly evaluator: Pick<PythonEvaluator, 'resolve'>;
}

export function createPythonCode({ inventory, documents, directory, evaluator }: CodeSources): PythonCode {
  const modules = new Map<string, PythonModule | undefined>();
  const kept = new Map<string, unknown>();
  const found = new Map<string, string | undefined>();
  let files: readonly string[] | undefined;

  let words: ReadonlySet<string> | undefined;

  const resolve = (module: string): string | undefined => {
    // Most imports are of packages: the search is spared what no folder or file is named like.
    words ??= namesOfFiles(inventory);
    if (!words.has(module.split('.', 1)[0] ?? '')) return undefined;
    if (!found.has(module)) found.set(module, evaluator.resolve(module));
    return found.get(module);
  };

  let wordsOf: WordIndex | undefined;

  const engine: CodeEngine = {
    get paths() {
      return (files ??= pythonFiles(inventory, directory, resolve));
    },
    pathsWith: (word) => (wordsOf ??= indexWords(engine.paths, (path) => engine.textOf(path))).get(word),
    textOf: (path) => inventory.read(path) ?? '',
    moduleAt(path) {
      if (!modules.has(path)) {
        const document = path.endsWith('.py') ? documents.get<Module>(path, 'python') : undefined;
        modules.set(
          path,
          document === undefined ? undefined : { path, name: rootOf(inventory, path).module, document },
        );
      }
      return modules.get(path);
    },
    moduleNamed(name) {
      const path = resolve(name);
      return path === undefined ? undefined : engine.moduleAt(path);
    },
    modulesWith: (mentions) =>
      engine.paths.flatMap((path) => {
        mentions.lastIndex = 0;
        if (!mentions.test(engine.textOf(path))) return [];
        const module = engine.moduleAt(path);
        return module === undefined ? [] : [module];
      }),
    imported(from, level, module): ImportedModule {
      if (level === 0) {
        const path = resolve(module);
        return path?.endsWith('.py') === true ? { kind: 'module', path } : { kind: 'outside', name: module };
      }
      const folder = from.split('/').slice(0, -level).join('/');
      const base = [folder, ...module.split('.')].filter((part) => part !== '').join('/');
      const candidates = module === '' ? [`${base}/__init__.py`] : [`${base}.py`, `${base}/__init__.py`];
      const path = candidates.map((one) => one.replace(/^\//, '')).find((one) => inventory.has(one));
      return path === undefined ? { kind: 'outside', name: base.split('/').join('.') } : { kind: 'module', path };
    },
    follow: (place) => follow(engine, place),
    answers: new Map(),
  };

  const methods = new Map<string, PythonPlace<FunctionDef> | undefined>();

  const functionsAround = ({ module, node }: PythonPlace): readonly PythonFunction[] => {
    const around: PythonFunction[] = [];
    let inner: Node = node;
    for (const outer of above({ module, node })) {
      if (isFunction(outer) && isInside(outer, inner)) around.push(outer);
      inner = outer;
    }
    return around;
  };

  return {
    get paths() {
      return engine.paths;
    },
    modulesWith: engine.modulesWith,
    moduleAt: engine.moduleAt,
    moduleNamed: engine.moduleNamed,
    resolve: (expression) => engine.follow(expression),
    resolveText: (dotted) => ofText(engine, dotted),
    bindings: (module) => [...scopesOf(module.document).top.values()],
    bindingOf: ({ module, node }) => {
      const scopes = scopesOf(module.document);
      return scopes.lookUp(node.id, scopes.scopeOf(node));
    },
    usesElsewhere: (module, name) => usesOf(engine, module, name),
    member: (of, name) => memberOf(engine, of, name),
    ancestry: (of) => ancestryOf(engine, of),
    callsOf: (fn) => callsAmong(referencesOf(engine, fn)),
    onlyMethod(name) {
      if (!methods.has(name)) methods.set(name, onlyMethod(engine, name));
      return methods.get(name);
    },
    handedOnAt(fn) {
      const references = referencesOf(engine, fn);
      const called = new Set<Expression>(callsAmong(references).map(({ node }) => node.func));
      return references.filter(({ node }) => !called.has(node));
    },
    above,
    functionsAround,
    ownerOf: ({ module, node }) => ownerOf(module, node),
    locate: ({ module, node }) => locate(module.document, node),
    memo<T>(key: string, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      // Whoever names the key knows what it made under it.
      return kept.get(key) as T;
    },
  };
}

/** What a module of the repository can begin with. */
function namesOfFiles(inventory: Inventory): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path } of inventory.files)
    if (path.endsWith('.py')) for (const part of path.split('/')) names.add(part.replace(/\.py$/, ''));
  return names;
}

function above({ module, node }: PythonPlace): readonly Node[] {
  const parents = scopesOf(module.document).above;
  const found: Node[] = [];
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) found.push(at);
  return found;
}

/** The longest part that is a module of the repository, and what that holds. */
function ofText(engine: CodeEngine, dotted: string): readonly PythonTarget[] {
  const parts = dotted.split('.');
  for (let count = parts.length; count > 0; count--) {
    const module = engine.moduleNamed(parts.slice(0, count).join('.'));
    if (module === undefined) continue;
    const [name, ...rest] = parts.slice(count);
    if (name === undefined) return [{ kind: 'module', module }];
    if (rest.length > 0) break;
    return followMember(engine, module, name);
  }
  return [{ kind: 'library', name: dotted }];
}
