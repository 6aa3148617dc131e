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
  for (const chart of all.values()) {
    if (chart.isLibrary || contained.has(chart.folder)) continue;
    const chosen = chosenValues(chart);
    const put = (namespace: string): Installed =>
      install(chart, { inventory, documents, all, over: chosen.over, namespace });
    const first = put('default');
    const namespace = namespaceElsewhere(first.nodes, inventory, documents, replaced) ?? 'default';
    const { nodes, text, remote, left } = namespace === 'default' ? first : put(namespace);
    const message = [...saysValues(chart, chosen), ...remote, ...left].join('; ');
    if (message !== '')
      notifications.push({
        level: left.length > 0 ? 'warning' : 'note',
        message: `the chart ${chart.name.slice(0, 80)}: ${message}`,
        location: startOf(chart.document.path),
      });
    if (nodes.length > 0)
      made.push({
        ...chart.document,
        text,
        tree: {
          documents: nodes.map((node) => inNamespace(node, namespace)),
          template: false,
          offered: chosen.over.length === 0 && !nodes.some(isScaled),
        },
      });
  }
  return { documents: made, replaced, notifications };
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
