import type { Inventory } from '../../discover/inventory.js';
import type { Stated } from '../../facts/fact.js';
import type { Document } from '../../parse/document.js';
import { releaseOf } from '../cloud-server.js';
import { functionRuntime } from '../function-releases.js';
import { managedReleases } from '../managed-releases.js';
import { BENEATH, runtimeOf } from '../release-lines.js';
import type { FromDocuments } from '../technology.js';
import { knownText, resourcesOf, setAt } from './resources.js';
import { moduleVersionOf } from './module-versions.js';
import { serversOf } from './servers.js';

/** `engine_version = "13.4"`, and what clusters and functions run. */
export const fromDocuments: FromDocuments = function* (documents, inventory) {
  yield* serversOf(documents, inventory).flatMap((server) => [...releaseOf(server)]);
  yield* clustersAndFunctions(documents, inventory);
};

/** Clusters by the attribute that sets their version. One of Google's names the least only, and its maker goes on from there. */
const CLUSTERS: ReadonlyMap<string, readonly [engine: string, ...attributes: string[]]> = new Map([
  ['aws_eks_cluster', ['eks', 'version']],
  ['terraform-aws-modules/eks/aws', ['eks', 'kubernetes_version', 'cluster_version']],
  ['azurerm_kubernetes_cluster', ['aks', 'kubernetes_version']],
]);

function* clustersAndFunctions(documents: readonly Document[], inventory: Inventory): Generator<Stated> {
  const servers = new Set(serversOf(documents, inventory).map(({ unit }) => unit));
  for (const resource of resourcesOf(documents, inventory)) {
    const { type, view, audience, unit } = resource;
    const written = servers.has(unit) || audience !== 'production' ? undefined : moduleVersionOf(resource);
    const releases = written === undefined ? undefined : managedReleases(written.engine);
    if (written !== undefined && releases !== undefined)
      yield* runtimeOf(releases, written.version, written.location, [], BENEATH);
    if (audience === 'production' && /^(?:aws_lambda_function|terraform-aws-modules\/lambda\/aws)$/.test(type)) {
      const runtime = knownText(view, 'runtime');
      if (runtime !== undefined) yield* functionRuntime(runtime, setAt(view, 'runtime'), unit);
    }
    const [engine, ...attributes] = CLUSTERS.get(type) ?? [];
    const lines = engine === undefined ? undefined : managedReleases(engine);
    const attribute = attributes.find((one) => knownText(view, one) !== undefined);
    if (lines === undefined || attribute === undefined || audience !== 'production') continue;
    yield* runtimeOf(lines, knownText(view, attribute) ?? '', setAt(view, attribute), [], BENEATH);
  }
}
