import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { isUnknown, type Evidence } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair } from '../../parse/yaml/read.js';
import { mountsOf } from './mounts.js';
import { deploymentsOf, type Deployment } from './services.js';
import { unitOf } from './units.js';

export function* fromDocuments(documents: readonly Document<YamlTree>[]): Generator<Stated> {
  for (const deployment of deploymentsOf(documents)) yield* volumesOf(deployment);
}

function* volumesOf(deployment: Deployment): Generator<Stated> {
  for (const service of deployment.services) {
    const unit = unitOf(deployment, service);
    for (const { place, document, ...mount } of mountsOf(deployment, service)) {
      const name = isUnknown(mount.source) ? '' : mount.source.slice(mount.source.indexOf('#') + 1);
      const definition =
        mount.origin === 'named' || mount.origin === 'claim' ? pair(get(deployment.root, 'volumes'), name) : undefined;
      const evidence: Evidence[] =
        definition === undefined
          ? []
          : [{ message: 'the volume is declared here', location: locate(deployment.document, definition.keyRange) }];
      yield state(volume, locate(document, place), { unit, container: service.name, ...mount }, evidence);
    }
  }
}
