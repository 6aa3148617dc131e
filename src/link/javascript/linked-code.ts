import type { TSESTree } from '@typescript-eslint/types';
import { startOf } from '../../location.js';
import type { Documents } from '../../parse/document.js';
import { createTypeAsker } from './ask-types.js';
import { computedPaths } from './computed-paths.js';
import { createEngine } from './create-engine.js';
import type { Engine } from './engine.js';
import { findImplementers } from './implementers.js';
import type { Call, JavaScriptModule, ModuleVariable, Placed, Use } from './javascript-program.js';
import { createModuleGraph, type CommonSources, type ModuleGraph } from './module-graph.js';
import { variablesIn } from './module-variables.js';
import { createResolver } from './resolve.js';
import { sharing, type Held, type Surroundings } from './sharing.js';
import { findCalls, findUses } from './uses.js';

/** The modules that some files load, and what of them is the same whatever the environment holds that no path is computed from. */
interface LinkedModules {
  readonly sources: CommonSources;
  readonly graph: ModuleGraph;
  readonly implementers: () => ReturnType<typeof findImplementers>;
  readonly share: (own: Surroundings) => Held<LinkedCode>;
}

/** All that is asked of the code that some files start. */
export interface LinkedCode {
  readonly graph: ModuleGraph;
  readonly modules: () => readonly JavaScriptModule[];
  readonly engine: Engine;
  readonly imports: (name: string) => boolean;
  readonly uses: () => ReadonlyMap<string, readonly Use[]>;
  readonly calls: () => ReadonlyMap<TSESTree.Node, readonly Placed<Call>[]>;
  readonly variables: (module: JavaScriptModule) => readonly ModuleVariable[];
}

type Share = (own: Surroundings) => Held<LinkedModules>;

const known = new WeakMap<Documents, Map<string, Share>>();

/** The code that starts at some files: one for all components that start it and would be told the same. */
export function linkCode(sources: CommonSources, entries: readonly string[], own: Surroundings): Held<LinkedCode> {
  let all = known.get(sources.documents);
  if (all === undefined) known.set(sources.documents, (all = new Map<string, Share>()));
  const key = JSON.stringify([sources.directory, ...entries]);
  let share = all.get(key);
  if (share === undefined) all.set(key, (share = sharing((told) => linkModules(sources, entries, told))));
  const modules = share(own);
  const code = modules.thing.share(own);
  return { thing: code.thing, isShared: () => modules.isShared() && code.isShared() };
}

function linkModules(sources: CommonSources, entries: readonly string[], told: Surroundings): LinkedModules {
  const resolver = createResolver(sources.inventory, told.mounted);
  const graph = createModuleGraph(sources, resolver, entries, (place, kind) => computedPaths(paths, place, kind));
  // Each engine asks only what those before it have found: which modules there are, then who calls whom, then all.
  const paths: Engine = createEngine({
    sources,
    graph,
    environment: told.environment,
    calls: undefined,
    implementers: undefined,
    types: undefined,
  });
  const modules: LinkedModules = {
    sources,
    graph,
    implementers: lazy(() => findImplementers(paths)),
    share: sharing((toldMore) => link(modules, entries, toldMore)),
  };
  return modules;
}

function link(
  { sources, graph, implementers }: LinkedModules,
  entries: readonly string[],
  { environment }: Surroundings,
): LinkedCode {
  const types = createTypeAsker(graph, (message, path) =>
    sources.inventory.notifications.push({ level: 'note', message, location: startOf(path) }),
  );
  const shared = { sources, graph, environment, implementers, types };
  const shallow: Engine = createEngine({ ...shared, calls: undefined });
  const calls = lazy(() => findCalls(shallow));
  const full: Engine = createEngine({ ...shared, calls });
  const imported = new Map<string, boolean>();
  const variables = new Map<JavaScriptModule, readonly ModuleVariable[]>();
  return {
    graph,
    modules: lazy(() => graph.modules.map((index) => index.module)),
    engine: full,
    calls,
    uses: lazy(() => findUses(full)),
    imports(name) {
      let found = imported.get(name);
      if (found === undefined) {
        found =
          entries.length > 0 && (isAlwaysThere(name) || (graph.mayImport(name) && graph.importsOf(name).length > 0));
        imported.set(name, found);
      }
      return found;
    },
    variables(module) {
      let found = variables.get(module);
      if (found === undefined) {
        const index = graph.index(module.path);
        variables.set(module, (found = index === undefined ? [] : variablesIn(full, index)));
      }
      return found;
    },
  };
}

/** What Node gives without an import. */
function isAlwaysThere(name: string): boolean {
  return /^node:(?:global|process|timers|console|buffer|url|perf_hooks)$/.test(name);
}

export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
