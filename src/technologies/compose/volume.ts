import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { isUnknown, type Evidence } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair } from '../../parse/yaml/read.js';
import { mountsOf } from './mounts.js';
import { deploymentOf } from './services.js';
import { unitOf } from './units.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const deployment = deploymentOf(document);
  for (const service of deployment?.services ?? []) {
    if (deployment === undefined) return;
    const unit = unitOf(deployment, service);
    for (const { place, ...mount } of mountsOf(deployment, service)) {
      const name = isUnknown(mount.source) ? '' : mount.source.slice(mount.source.indexOf('#') + 1);
      const definition =
        mount.origin === 'named' || mount.origin === 'claim' ? pair(get(deployment.root, 'volumes'), name) : undefined;
      const evidence: Evidence[] =
        definition === undefined
          ? []
          : [{ message: 'the volume is declared here', location: locate(document, definition.keyRange) }];
      yield state(volume, locate(document, place), { unit, container: service.name, ...mount }, evidence);
    }
  }
}
