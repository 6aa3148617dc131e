import { startOf, type Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { JavaScript } from '../../parse/javascript/index.js';
import type { EvaluatorSources } from '../python/evaluator.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import { indexModule, mayLoadFolder, type ImportSite, type ModuleIndex } from './module-index.js';
import type { Resolver, Target } from './resolve.js';
import { scopesOf, type Scopes } from './scopes.js';
import { isWritten, specifiersIn } from './specifiers.js';

/** What an import of a module loads; several where a folder is read. */
export interface Loaded {
  readonly site: ImportSite;
  readonly targets: readonly Target[];
}

/** The modules that the entries of a component load, parsed when they are asked for. */
export interface ModuleGraph {
  readonly resolver: Resolver;
  /** Sorted by path. */
  readonly modules: readonly ModuleIndex[];
  index(path: string): ModuleIndex | undefined;
  scopes(module: JavaScriptModule): Scopes;
  /** What an import of a module means. */
  target(specifier: string, from: string): Target | undefined;
  loadsOf(index: ModuleIndex): readonly Loaded[];
  /** Whether some module may import this package, told without parsing. */
  mayImport(name: string): boolean;
  importsOf(name: string): readonly Location[];
}

/** A component that loads more than that is looked at in part. */
const MOST_MODULES = 10_000;

export type Sources = Omit<EvaluatorSources, 'models' | 'dependencies'>;

/** What of it components that start the same code have in common. */
export interface CommonSources extends Pick<Sources, 'inventory' | 'documents'> {
  /** In which it starts. */
  readonly directory: string;
}

/** The paths that a specifier computed at run time stands for: none where that cannot be told. */
export type Computed = (specifier: Placed, kind: ImportSite['kind']) => readonly string[];

// Components of one repository share most of their modules.
const indexed = new WeakMap<Document, ModuleIndex>();
const scopes = new WeakMap<JavaScriptModule, Scopes>();

export function createModuleGraph(
  { inventory, documents }: CommonSources,
  resolver: Resolver,
  entries: readonly string[],
  computed: Computed,
): ModuleGraph {
  const indexes = new Map<string, ModuleIndex | undefined>();
  let reached: readonly ModuleIndex[] | undefined;
  let seen: ReadonlySet<string> | undefined;

  function index(path: string): ModuleIndex | undefined {
    if (!indexes.has(path)) indexes.set(path, indexOf(path));
    return indexes.get(path);
  }

  function indexOf(path: string): ModuleIndex | undefined {
    if (!isCode(path)) return undefined;
    const text = inventory.read(path);
    if (text === undefined) return undefined;
    if (!isWritten(text)) {
      inventory.notifications.push({ level: 'note', message: 'a bundle is not read', location: startOf(path) });
      return undefined;
    }
    const document = documents.get<JavaScript>(path, 'javascript');
    if (document === undefined) return undefined;
    try {
      let found = indexed.get(document);
      if (found === undefined) indexed.set(document, (found = indexModule({ path, document })));
      return found;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      inventory.notifications.push({
        level: 'warning',
        message: 'nested too deeply to be read',
        location: startOf(path),
      });
      return undefined;
    }
  }

  const target = (specifier: string, from: string): Target | undefined => resolver.resolve(specifier, from);

  const loads = new Map<ModuleIndex, readonly Loaded[]>();
  function loadsOf(one: ModuleIndex): readonly Loaded[] {
    let found = loads.get(one);
    if (found === undefined) {
      found = one.sites.map((site) => ({ site, targets: site.typeOnly ? [] : targetsOf(one, site) }));
      loads.set(one, found);
    }
    return found;
  }

  function targetsOf({ module }: ModuleIndex, site: ImportSite): Target[] {
    const { source } = site;
    if (isElided(module, site)) return [];
    if (source.type === 'Literal' && site.kind !== 'folder')
      return typeof source.value === 'string' ? given(target(source.value, module.path)) : [];
    return computed({ module, node: source }, site.kind).map((path): Target => ({ kind: 'file', path }));
  }

  /** TypeScript leaves out an import of which only types are used. */
  function isElided(module: JavaScriptModule, { node }: ImportSite): boolean {
    if (node.type !== 'ImportDeclaration' || node.specifiers.length === 0 || !/\.[cm]?tsx?$/.test(module.path))
      return false;
    const own = graph.scopes(module);
    return node.specifiers.every(({ local }) => {
      const variable = own.variableOf(local);
      return (
        variable !== undefined &&
        variable.references.length > 0 &&
        variable.references.every(
          (reference) => reference.isTypeReference && !isDecoratedParameter(reference.identifier),
        )
      );
    });
  }

  function reach(): readonly ModuleIndex[] {
    const done = new Set<string>();
    const found: ModuleIndex[] = [];
    const pending = [...entries];
    for (let path = pending.pop(); path !== undefined && found.length < MOST_MODULES; path = pending.pop()) {
      if (done.has(path)) continue;
      done.add(path);
      // Data is parsed when something of it is asked for.
      if (path.endsWith('.json')) continue;
      const one = index(path);
      if (one === undefined || isForBrowsers(one)) continue;
      found.push(one);
      for (const { targets } of loadsOf(one))
        for (const loaded of targets) if (loaded.kind === 'file' && !done.has(loaded.path)) pending.push(loaded.path);
    }
    return found.sort((a, b) => (a.module.path < b.module.path ? -1 : 1));
  }

  /** Every package that a text reachable from the entries names, told by a look at the texts alone. */
  function look(): ReadonlySet<string> {
    const packages = new Set<string>();
    const done = new Set<string>();
    const pending = [...entries];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (done.has(path) || !isCode(path)) continue;
      done.add(path);
      const text = inventory.read(path);
      if (text === undefined || !isWritten(text)) continue;
      for (const specifier of specifiersIn(text)) {
        const found = target(specifier, path);
        if (found?.kind === 'package') packages.add(found.name);
        else if (found !== undefined) pending.push(found.path);
      }
      // Files that a computed path loads are known only by parsing; then nothing is ruled out.
      if (
        mayLoadFolder(text) ||
        (/\b(?:require|import)\s*\(\s*(?!['"`/)\s])|\$\{/.test(text) &&
          /\b(?:require|import)\s*\(\s*[^'")\s]/.test(text))
      )
        packages.add(ANY);
    }
    return packages;
  }

  const graph: ModuleGraph = {
    resolver,
    get modules() {
      return (reached ??= reach());
    },
    index,
    scopes(module) {
      let own = scopes.get(module);
      if (own === undefined) scopes.set(module, (own = scopesOf(module)));
      return own;
    },
    target,
    loadsOf,
    mayImport(name) {
      seen ??= look();
      return seen.has(name) || seen.has(ANY);
    },
    importsOf(name) {
      return graph.modules.flatMap((one) =>
        loadsOf(one)
          .filter(({ targets }) => targets.some((loaded) => loaded.kind === 'package' && loaded.name === name))
          .map(({ site }) => locate(one.module.document, { start: site.node.range[0], end: site.node.range[1] })),
      );
    },
  };
  return graph;
}

/** https://react.dev/reference/rsc/use-client: what such a module and those behind it do on the server is drawing only. */
function isForBrowsers({ module }: ModuleIndex): boolean {
  const [first] = module.document.tree.body;
  return first?.type === 'ExpressionStatement' && first.directive === 'use client';
}

const ANY = '*';

function given<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

export function isCode(path: string): boolean {
  return (
    (/\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path)) || path.endsWith('.json') || !/\.\w+$/.test(path)
  );
}

/** The type of a parameter in a class with decorators is kept for dependency injection: such an import stays. */
function isDecoratedParameter(identifier: { parent?: unknown }): boolean {
  let node = identifier.parent as { type: string; parent?: unknown; decorators?: unknown[] } | undefined;
  for (let level = 0; node !== undefined && level < 12; level++) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return (node.decorators?.length ?? 0) > 0;
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') return false;
    node = node.parent as typeof node;
  }
  return false;
}
