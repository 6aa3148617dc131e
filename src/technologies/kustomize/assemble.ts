import type { Inventory } from '../../discover/inventory.js';
import { locate, type Document } from '../../parse/document.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { string } from '../../parse/yaml/read.js';
import type { Notification } from '../../location.js';
import type { Assembly } from '../technology.js';
import { build, filesOf } from './build.js';
import { chosenFrom } from './chosen.js';
import { kindOf } from './kubernetes-object.js';
import { kustomizationsOf, reachedFrom, type Kustomization } from './kustomizations.js';

/** The objects that are applied in the end, as one document for each kustomization that somebody applies. */
export function assemble(inventory: Inventory, documents: DocumentStore): Assembly {
  const all = kustomizationsOf(inventory, documents);
  const { chosen, notifications } = chosenFrom(all);
  const made: Document<YamlTree>[] = [];
  const missing: Notification[] = [];
  for (const one of chosen) {
    const objects = build(one, { inventory, documents, all });
    // Whoever asks whether a text mentions something asks for what these objects are.
    const text = [one, ...reached(one, all)]
      .flatMap((layer) => [layer.document.path, ...filesOf(layer, inventory)])
      .map((path) => inventory.read(path) ?? '')
      .concat(objects.map((object) => `kind: ${kindOf(object)}`))
      .join('\n');
    // By where they stand, as if the files had been read: what is told first does not depend on the order of a list.
    const nodes = objects.map(({ node }) => node).sort(byPlace);
    made.push({ ...one.document, text, tree: { documents: nodes, template: false } });
    missing.push(...reached(one, all).flatMap((layer) => layer.elsewhere.map((entry) => notHere(layer, entry))));
  }
  const replaced = new Set([...all.values()].flatMap((one) => filesOf(one, inventory)));
  return { documents: made, replaced, notifications: [...notifications, ...missing] };
}

function byPlace(a: YamlNode, b: YamlNode): number {
  const [path, other] = [a.in?.path ?? '', b.in?.path ?? ''];
  return path === other ? a.start - b.start : path < other ? -1 : 1;
}

function reached(one: Kustomization, all: ReadonlyMap<string, Kustomization>): Kustomization[] {
  return [...reachedFrom(one.folder, all)].flatMap((folder) => all.get(folder) ?? []);
}

function notHere({ document }: Kustomization, entry: YamlNode): Notification {
  const name = (string(entry) ?? '').slice(0, 200);
  return {
    level: 'note',
    message: `what it builds on is not in the repository: ${name}`,
    location: locate(document, entry),
  };
}
