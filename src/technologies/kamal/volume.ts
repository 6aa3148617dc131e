import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';
import { deploymentOf, unitOf } from './deployment.js';

/** `volumes` are those of Docker, for every container of the service: a name or a folder of the machine. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const deployment = deploymentOf(document);
  if (deployment === undefined) return;
  for (const { name } of deployment.roles) {
    for (const node of items(get(deployment.root, 'volumes'))) {
      const [source = '', path, mode = ''] = string(node)?.split(':') ?? [];
      if (path?.startsWith('/') !== true) continue;
      yield state(volume, locate(document, node), {
        unit: unitOf(document, deployment, name),
        container: name,
        source,
        origin: source.startsWith('/') ? 'host-path' : 'named',
        path,
        readOnly: mode.split(',').includes('ro'),
      });
    }
  }
}
