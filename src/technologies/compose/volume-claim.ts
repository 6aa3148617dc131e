import { state, type Stated } from '../../facts/fact.js';
import { volumeClaim } from '../../facts/volume-claim.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pair, pairs, place } from '../../parse/yaml/read.js';
import { deploymentsOf, type Deployment } from './services.js';
import { networkAccess, volumeName } from './shared-volumes.js';

/** Volumes on a file server or of a driver that spans machines; a plain named volume is one machine's. */
export function* fromDocuments(documents: readonly Document<YamlTree>[]): Generator<Stated> {
  for (const deployment of deploymentsOf(documents)) yield* claimsOf(deployment);
}

function* claimsOf(deployment: Deployment): Generator<Stated> {
  const { document } = deployment;
  for (const { key, keyRange, value } of pairs(get(deployment.root, 'volumes'))) {
    const access = networkAccess(value);
    if (access === undefined) continue;
    const told = pair(get(value, 'driver_opts'), 'type') ?? pair(value, 'driver');
    const location = locate(document, told === undefined ? keyRange : place(told));
    yield state(volumeClaim, location, { name: volumeName(deployment, key), access });
  }
}
