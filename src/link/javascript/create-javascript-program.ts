import { startOf } from '../../location.js';
import { locate } from '../../parse/document.js';
import { declaredPackages } from './declared-packages.js';
import { createEngine } from './create-engine.js';
import type { Engine, Point } from './engine.js';
import { createTypeAsker } from './ask-types.js';
import { commandsOf, findEntries, type FoundEntries } from './entries.js';
import { readEnvironment } from './environment.js';
import { computedPaths } from './computed-paths.js';
import { functionBehind } from './functions.js';
import { findImplementers } from './implementers.js';
import type { JavaScriptModule, JavaScriptProgram, ModuleVariable, Traced, Use } from './javascript-program.js';
import { createModuleGraph, type Sources } from './module-graph.js';
import { variablesIn } from './module-variables.js';
import { optionOf } from './option.js';
import { createResolver } from './resolve.js';
import { findCalls, findUses } from './uses.js';

/** Links the JavaScript of one component. Nothing is read before somebody asks, and nothing parsed before a look at the texts says that it may matter. */
export function createJavaScriptProgram(sources: Sources): JavaScriptProgram {
  const lazy = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
  };
  const commands = lazy(() => commandsOf(sources));
  const resolver = createResolver(sources.inventory, sources.launch.mounts);
  const found = lazy(() => findEntries(sources, commands(), resolver));
  const entries = (): FoundEntries['entries'] => found().entries;
  const graph = createModuleGraph(sources, resolver, entries, (place) => computedPaths(paths, place));
  const ownEnvironment = lazy(() => readEnvironment(sources.launch, found().environment, () => undefined));
  const shared = { sources, graph, environment: (name: string) => ownEnvironment()(name) };
  // Each engine asks only what those before it have found: which modules there are, then who calls whom, then all.
  const paths: Engine = createEngine({ ...shared, calls: undefined, implementers: undefined, types: undefined });
  const implementers = lazy(() => findImplementers(paths));
  const types = createTypeAsker(graph, (message, path) =>
    sources.inventory.notifications.push({ level: 'note', message, location: startOf(path) }),
  );
  const shallow: Engine = createEngine({ ...shared, calls: undefined, implementers, types });
  const calls = lazy(() => findCalls(shallow));
  const full: Engine = createEngine({ ...shared, calls, implementers, types });
  const uses = lazy(() => findUses(full));
  const imported = new Map<string, boolean>();
  const variables = new Map<JavaScriptModule, readonly ModuleVariable[]>();

  const imports = (name: string): boolean => {
    let known = imported.get(name);
    if (known === undefined) {
      known =
        entries().length > 0 && (isAlwaysThere(name) || (graph.mayImport(name) && graph.importsOf(name).length > 0));
      imported.set(name, known);
    }
    return known;
  };

  return {
    get commands() {
      return commands();
    },
    get entries() {
      return entries();
    },
    get missing() {
      return found().missing;
    },
    get modules() {
      return graph.modules.map((index) => index.module);
    },
    imports,
    importsOf: (name) => (graph.mayImport(name) ? graph.importsOf(name) : []),
    uses: (name): readonly Use[] => (imports(name) ? (uses().get(name) ?? []) : []),
    trace: (place) => publicly(full.follow(place, undefined)),
    value: (place) => full.evaluate(place, undefined),
    option: (object, key) => optionOf(full, object, key),
    variables(module) {
      let own = variables.get(module);
      if (own === undefined) {
        const index = graph.index(module.path);
        variables.set(module, (own = index === undefined ? [] : variablesIn(full, index)));
      }
      return own;
    },
    functionOf: (place) => functionBehind(full, place),
    callsOf: ({ node }) => calls().get(node) ?? [],
    dependency: (name) => declaredPackages(sources.inventory, sources.launch.directory).get(name),
    locate: ({ module, node }) =>
      node === undefined ? startOf(module.path) : locate(module.document, { start: node.range[0], end: node.range[1] }),
  };
}

/** What Node gives without an import. */
function isAlwaysThere(name: string): boolean {
  return /^node:(?:global|process|timers|console|buffer|url|perf_hooks)$/.test(name);
}

function publicly(points: readonly Point[]): readonly Traced[] {
  const known = points.filter((point) => point.kind !== 'unknown' || point.absent !== true);
  return (known.length > 0 ? known : points).map((point): Traced => {
    if (point.kind === 'unknown') return { kind: 'unknown', reason: point.reason };
    if (point.kind === 'repository') return { kind: 'repository', at: point.at, steps: point.steps, evidence: [] };
    const { package: name, subpath, steps, call, evidence } = point;
    return { kind: 'package', package: name, subpath, steps, call, evidence };
  });
}
