import { startOf } from '../../location.js';
import { locate } from '../../parse/document.js';
import { repositoryPath } from '../mount.js';
import { declaredPackages } from './declared-packages.js';
import type { Point } from './engine.js';
import { commandsOf, findEntries } from './entries.js';
import { readEnvironment } from './environment.js';
import { functionBehind } from './functions.js';
import type { JavaScriptProgram, Traced, Use } from './javascript-program.js';
import { lazy, linkCode, type LinkedCode } from './linked-code.js';
import type { Sources } from './module-graph.js';
import { optionOf } from './option.js';
import { createResolver } from './resolve.js';
import type { Held, Surroundings } from './sharing.js';

/** Links the JavaScript of one component. Nothing is read before somebody asks, and nothing parsed before a look at the texts says that it may matter. */
export function createJavaScriptProgram(sources: Sources): JavaScriptProgram {
  const { inventory, documents, launch } = sources;
  const mounted = (path: string): string | undefined => repositoryPath(launch.mounts, path);
  const commands = lazy(() => commandsOf(sources));
  const found = lazy(() => findEntries(sources, commands(), createResolver(inventory, mounted)));
  const environment = lazy(() => readEnvironment(launch, found().environment, () => undefined));
  const own: Surroundings = { environment: (name) => environment()(name), mounted };
  let held: Held<LinkedCode> | undefined;
  const code = (): LinkedCode => {
    if (held?.isShared() !== true) {
      const paths = found().entries.map(({ path }) => path);
      held = linkCode({ inventory, documents, directory: launch.directory }, paths, own);
    }
    return held.thing;
  };
  /** Where a question shows that this component differs from those it shares its code with, the answer was theirs: it is asked again. */
  const ask = <A>(question: (of: LinkedCode) => A): A => {
    for (;;) {
      const asked = code();
      const answer = question(asked);
      if (asked === code()) return answer;
    }
  };

  return {
    get commands() {
      return commands();
    },
    get entries() {
      return found().entries;
    },
    get missing() {
      return found().missing;
    },
    get modules() {
      return ask(({ modules }) => modules());
    },
    imports: (name) => ask(({ imports }) => imports(name)),
    importsOf: (name) => ask(({ graph }) => (graph.mayImport(name) ? graph.importsOf(name) : [])),
    uses: (name): readonly Use[] => ask(({ imports, uses }) => (imports(name) ? (uses().get(name) ?? []) : [])),
    trace: (place) => ask(({ engine }) => publicly(engine.follow(place, undefined))),
    value: (place) => ask(({ engine }) => engine.evaluate(place, undefined)),
    option: (object, key) => ask(({ engine }) => optionOf(engine, object, key)),
    variables: (module) => ask(({ variables }) => variables(module)),
    functionOf: (place) => ask(({ engine }) => functionBehind(engine, place)),
    callsOf: ({ node }) => ask(({ calls }) => calls().get(node) ?? []),
    dependency: (name) => declaredPackages(inventory, launch.directory).get(name),
    locate: ({ module, node }) =>
      node === undefined ? startOf(module.path) : locate(module.document, { start: node.range[0], end: node.range[1] }),
  };
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
