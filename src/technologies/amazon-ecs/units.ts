import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, place, string } from '../../parse/yaml/read.js';
import type { DeployedMount, DeployedUnit } from '../deployed-unit.js';
import { dataOfYaml } from '../evaluated-yaml.js';
import type { Data } from '../evaluated.js';
import { audienceAmong } from '../stages.js';
import { containersOf } from '../task-containers.js';

const known = new WeakMap<readonly Document[], readonly DeployedUnit[]>();

/** What a task definition runs, as it is registered from a file. How many of it is said by a service, which no file tells. */
export function unitsOf(documents: readonly Document[]): readonly DeployedUnit[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const paths = documents.map(({ path }) => path);
  // Only documents of this technology come here, and those are YAML.
  const units = (documents as readonly Document<YamlTree>[]).flatMap((document) =>
    document.tree.documents.filter(isMap).flatMap((node) => unitOf(document, node, paths) ?? []),
  );
  known.set(documents, units);
  return units;
}

function unitOf(document: Document<YamlTree>, node: YamlNode, paths: readonly string[]): DeployedUnit | undefined {
  const definitions = get(node, 'containerDefinitions');
  const called = pair(node, 'family') ?? pair(node, 'containerDefinitions');
  if (definitions?.kind !== 'list' || called === undefined) return undefined;
  const head = locate(document, place(called));
  const name = string(get(node, 'family')) ?? document.path.replace(/^.*\/|\.json$/g, '');
  const isFargate = items(get(node, 'requiresCompatibilities')).some((one) => string(one) === 'FARGATE');
  const containers = containersOf(dataOfYaml(document, definitions), {
    location: head,
    cpu: isFargate || get(node, 'cpu') !== undefined,
    memory: isFargate || get(node, 'memory') !== undefined,
    size: dataOf(document, get(node, 'memory')),
    // A balancer asks those that offer a port, as far as anybody puts one before them.
    balanced: true,
    volume: (source) => volumeOf(document, node, source),
    secret: () => undefined,
  });
  // What offers no port may be a worker as well as something that runs once.
  const isJob = /migrat|collectstatic|cron|(?:^|[-_])job(?:[-_]|$)/i.test(name);
  return {
    unit: `${document.path}: ${name}`,
    name,
    audience: audienceAmong(document.path, paths),
    controller: isJob ? 'job' : 'replicated',
    head,
    replicas: isJob ? 1 : unknown('the service that runs it is not in the repository'),
    replicasAt: undefined,
    elastic: true,
    containers,
  };
}

function dataOf(document: Document<YamlTree>, node: YamlNode | undefined): Data | undefined {
  return node === undefined ? undefined : dataOfYaml(document, node);
}

function volumeOf(
  document: Document<YamlTree>,
  node: YamlNode,
  name: string,
): Pick<DeployedMount, 'source' | 'origin' | 'access'> | undefined {
  const volume = items(get(node, 'volumes')).find((one) => string(get(one, 'name')) === name);
  const system = string(get(volume, 'efsVolumeConfiguration', 'fileSystemId'));
  if (get(volume, 'efsVolumeConfiguration') !== undefined)
    return { source: `${document.path}: ${system ?? name}`, origin: 'claim', access: 'many-nodes' };
  const path = string(get(volume, 'host', 'sourcePath'));
  return path === undefined ? { source: name, origin: 'scratch' } : { source: path, origin: 'host-path' };
}
