import type { Stated } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import { platformWorkload } from '../platform-process.js';
import { writtenCount } from '../written-count.js';
import {
  applicationsOf,
  audienceOf,
  filledIn,
  pushedFolder,
  unitOf,
  variablesOf,
  type Application,
} from './manifest.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const application of applicationsOf(document)) {
    const web = application.processes.find(({ type }) => type === 'web');
    yield processOf(document, application, 'web', web?.node);
    for (const { type, node } of application.processes)
      if (type !== 'web') yield processOf(document, application, type, node);
  }
}

/** What a process does not say itself, its application says of its first one. */
function processOf(document: Document, application: Application, type: string, own: YamlNode | undefined): Stated {
  const { name, node } = application;
  const isWeb = type === 'web';
  const told = (key: string) => pair(own, key) ?? (isWeb ? pair(node, key) : undefined);
  const written = told('instances');
  const command = told('command');
  const line = string(command?.value);
  const isRouted = isWeb && string(get(node, 'no-route')) !== 'true';
  const image = string(get(node, 'docker', 'image'));
  return platformWorkload(
    locate(document, written === undefined ? nameOf(own ?? node) : place(written)),
    {
      unit: isWeb ? unitOf(document, application) : `${unitOf(document, application)}/${type}`,
      name: isWeb ? name : `${name}-${type}`,
      container: type,
      audience: audienceOf(document),
      replicas: writtenCount(written?.value, 1),
      explicit: written !== undefined,
      rollout: {
        strategy: unknown('whoever pushes it says so: cf push --strategy rolling'),
        surge: unknown('whoever pushes it says so: cf push --strategy rolling'),
      },
      ...(image === undefined ? { buildContext: pushedFolder(document, application) } : { image: filledIn(image) }),
      ...(line === undefined || isUnknown(filledIn(line)) ? {} : { command: ['sh', '-c', line] }),
      environmentSources: [variablesOf(document, application)],
      ports: isRouted ? ['$PORT'] : [],
      published: isRouted,
    },
    command === undefined ? {} : { command: locate(document, place(command)) },
  );
}

function nameOf(node: YamlNode): Range {
  const name = pair(node, 'name') ?? pair(node, 'type');
  return name === undefined ? node : place(name);
}
