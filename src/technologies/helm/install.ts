import type { Inventory } from '../../discover/inventory.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { joinPath } from '../../repository-path.js';
import { templateOf, type Chart, type Dependency } from './charts.js';
import { builtInObjects } from './built-in-objects.js';
import { RenderStop } from './bounds.js';
import { createRenderer, type Holes } from './render.js';
import { sourcesOf, type Source } from './source.js';
import { renderedObjects } from './rendered.js';
import { dict, isTrue, type Dict } from './value.js';
import { dictAt, layered, valueAt, valuesIn } from './values.js';

/** Charts in charts beyond this are left out. */
const DEEPEST_CHART = 10;
const MOST_CHARTS = 100;
/** Templates of one installation, and things of which a message tells. */
const MOST_TEMPLATES = 3_000;
const MOST_TOLD = 4;

export interface Installing {
  readonly inventory: Inventory;
  readonly documents: DocumentStore;
  readonly all: ReadonlyMap<string, Chart>;
  /** What lies over the chart's own values, the one that wins last. */
  readonly over: readonly Dict[];
  /** The name of the release. */
  readonly name: string;
  readonly namespace: string;
  /** What is not known in those values. */
  readonly holes: Holes;
}

export interface Installed {
  readonly nodes: readonly YamlNode[];
  readonly text: string;
  /** Charts that it contains and that are not to be had, a phrase for a message. */
  readonly remote: readonly string[];
  /** What could not be told, phrases for a message. */
  readonly left: readonly string[];
}

interface Part {
  readonly chart: Chart;
  readonly values: Dict;
}

/** What `helm template` gives for a chart, in a release of its own name. */
export function install(chart: Chart, installing: Installing): Installed {
  const { documents, over } = installing;
  const own = ['values.yaml', 'values.yml'].map((name) => valuesIn(joinPath(chart.folder, name), documents));
  const values = over.reduce<Dict>((under, one) => layered(one, under), layered(own[0] ?? dict(), own[1] ?? dict()));
  const remote: string[] = [];
  const parts = partsOf(chart, values, installing, remote, 0);
  const left: string[] = [];
  const templates = new Map<string, Source>();
  for (const { chart: one } of [...parts].reverse()) {
    for (const path of one.templates.slice(0, MOST_TEMPLATES)) {
      const document = templateOf(path, documents);
      if (document === undefined) continue;
      if (document.tree.fault !== undefined) left.push(`${inside(chart, path)} (${document.tree.fault.message})`);
      for (const [name, source] of sourcesOf(document)) templates.set(name, source);
    }
  }
  const renderer = createRenderer(templates, installing.holes);
  const nodes: YamlNode[] = [];
  const texts: string[] = [];
  try {
    for (const part of parts) {
      for (const path of part.chart.isLibrary ? [] : part.chart.templates) {
        const source = templates.get(path);
        if (source?.document === undefined || !isManifest(path)) continue;
        const pieces = renderer.render(
          source,
          builtInObjects(
            { ...part, release: installing.name, template: path, namespace: installing.namespace },
            installing.inventory,
          ),
        );
        const rendered = renderedObjects(pieces, source.document, renderer.reasons);
        nodes.push(...rendered.nodes);
        texts.push(rendered.text);
        left.push(...rendered.left);
      }
    }
  } catch (error) {
    if (!(error instanceof RenderStop)) throw error;
    return { nodes: [], text: '', remote: [], left: [`nothing is read from it: ${error.message}`] };
  }
  return {
    nodes,
    text: texts.join('\n'),
    remote: told('it contains charts that are not in the repository:', remote),
    left: told('not read:', left),
  };
}

function told(what: string, all: readonly string[]): string[] {
  const [some, more] = [all.slice(0, MOST_TOLD), all.length - MOST_TOLD];
  return some.length === 0 ? [] : [`${what} ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

function inside({ folder }: Chart, path: string): string {
  return folder === '' || !path.startsWith(`${folder}/`) ? path : path.slice(folder.length + 1);
}

/** Partials and notes make no objects. */
function isManifest(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !name.startsWith('_') && /\.(?:ya?ml|json|tpl)$/.test(name);
}

/** A chart and those that it contains, each with its values. */
function partsOf(chart: Chart, values: Dict, installing: Installing, remote: string[], depth: number): Part[] {
  const parts: Part[] = [];
  let own = values;
  for (const dependency of chart.dependencies) {
    if (!isOn(dependency, own)) continue;
    const inner = dependency.folder === undefined ? undefined : installing.all.get(dependency.folder);
    if (inner === undefined) {
      remote.push(dependency.name.slice(0, 60));
      continue;
    }
    if (depth >= DEEPEST_CHART || parts.length >= MOST_CHARTS) continue;
    const defaults = valuesIn(joinPath(inner.folder, 'values.yaml'), installing.documents);
    const given = layered(dictAt(own, dependency.key), defaults);
    const shared = layered(dictAt(own, 'global'), dictAt(given, 'global'));
    const its = layered({ ...dict([['global', shared]]) }, given);
    own = layered(dict([[dependency.key, its]]), own);
    parts.push(...partsOf(inner, its, installing, remote, depth + 1));
  }
  return [{ chart, values: own }, ...parts];
}

/** https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies: the first condition that is there counts. */
function isOn({ condition, tags }: Dependency, values: Dict): boolean {
  for (const path of condition?.split(',') ?? []) {
    const found = valueAt(values, path);
    if (found?.kind === 'flag') return found.value;
  }
  const set = tags.map((tag) => valueAt(values, `tags.${tag}`)).filter((one) => one?.kind === 'flag');
  return set.length === 0 || set.some((one) => one !== undefined && isTrue(one) === true);
}
