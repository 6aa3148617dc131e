import type { Inventory } from '../../discover/inventory.js';
import { startOf, type Notification } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, number, string } from '../../parse/yaml/read.js';
import type { Assembly } from '../technology.js';
import { chartsOf, type Chart } from './charts.js';
import { chosenValues, valuesFiles } from './chosen-values.js';
import { install, type Installed } from './install.js';
import { inNamespace, namespaceElsewhere } from './namespace.js';
import type { Release } from './release.js';
import { releasesOf } from './releases.js';
import { holes } from './render.js';
import type { Dict } from './value.js';
import { valuesIn } from './values.js';

/** The objects that a chart gives, as one document for each chart that nobody else contains. */
export function assemble(inventory: Inventory, documents: DocumentStore): Assembly {
  const all = chartsOf(inventory, documents);
  const contained = new Set(
    [...all.values()].flatMap((chart) => chart.dependencies.flatMap((one) => one.folder ?? [])),
  );
  const replaced = new Set(
    [...all.values()].flatMap((chart) => [chart.document.path, ...chart.templates, ...valuesFiles(chart)]),
  );
  const made: Document<YamlTree>[] = [];
  const notifications: Notification[] = [];
  const reading = { inventory, documents, charts: all, holes: holes() };
  const releases = releasesOf(reading);
  for (const path of releases.files) replaced.add(path);
  for (const chart of all.values()) {
    const said = releases.chosen.get(chart.folder);
    if (chart.isLibrary || (contained.has(chart.folder) && said === undefined)) continue;
    for (const one of said?.map(ofRelease) ?? [ofChart(chart, documents)]) {
      if (!one.installed) continue;
      const put = (namespace: string): Installed =>
        install(chart, { ...reading, all, over: one.over, name: one.name, namespace });
      const first = put(one.namespace ?? 'default');
      const elsewhere =
        one.namespace === undefined ? namespaceElsewhere(first.nodes, inventory, documents, replaced) : undefined;
      const namespace = one.namespace ?? elsewhere ?? 'default';
      const { nodes, text, remote, left } = elsewhere === undefined ? first : put(elsewhere);
      const message = [...one.told, ...remote, ...left].join('; ');
      if (message !== '')
        notifications.push({
          level: left.length > 0 ? 'warning' : 'note',
          message: `the chart ${chart.name.slice(0, 80)}: ${message}`,
          location: startOf(chart.document.path),
        });
      if (nodes.length === 0) continue;
      made.push({
        ...chart.document,
        text,
        tree: {
          documents: nodes.map((node) => inNamespace(node, namespace)),
          template: false,
          offered: one.over.length === 0 && said === undefined && !nodes.some(isScaled),
        },
      });
    }
  }
  return { documents: made, replaced, notifications };
}

/** A chart as it is put into a cluster. */
interface Chosen {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly over: readonly Dict[];
  readonly installed: boolean;
  /** What is to be told of the choice, phrases for a message. */
  readonly told: readonly string[];
}

function ofRelease({ name, namespace, layers, files, path, installed }: Release): Chosen {
  const more = files.length > 4 ? ` and ${files.length - 4} more` : '';
  const values = files.length === 0 ? '' : ` with the values of ${files.slice(0, 4).join(', ')}${more}`;
  return { name, namespace, over: layers, installed, told: [`${path} installs it as ${name.slice(0, 80)}${values}`] };
}

/** A chart that nothing in the repository installs: in a release of its own name. */
function ofChart(chart: Chart, documents: DocumentStore): Chosen {
  const chosen = chosenValues(chart);
  const over = chosen.over.map((path) => valuesIn(path, documents));
  return { name: chart.name, namespace: undefined, over, installed: true, told: saysValues(chart, chosen) };
}

/** Whoever asks for several instances has a cluster in mind; the defaults of a chart with one of each are a start for others. */
function isScaled(node: YamlNode): boolean {
  const kind = string(get(node, 'kind')) ?? '';
  return (
    /^(?:HorizontalPodAutoscaler|ScaledObject|PodDisruptionBudget)$/.test(kind) ||
    (number(get(node, 'spec', 'replicas')) ?? 1) > 1
  );
}

function saysValues({ folder }: Chart, { over, aside }: ReturnType<typeof chosenValues>): string[] {
  const inside = (path: string): string => (folder === '' ? path : path.slice(folder.length + 1));
  if (over.length === 0) return [];
  const others = aside.length === 0 ? '' : `, ${aside.slice(0, 5).map(inside).join(', ')} left aside`;
  return [`its values with those of ${over.map(inside).join(', ')} are taken for production${others}`];
}
