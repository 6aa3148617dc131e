import { releaseOf } from '../cloud-server.js';
import { memberOf, textOf } from '../evaluated.js';
import { functionRuntime } from '../function-releases.js';
import { managedReleases } from '../managed-releases.js';
import { BENEATH, runtimeOf } from '../release-lines.js';
import { placeOf } from '../task-containers.js';
import type { FromDocuments } from '../technology.js';
import { isFunction } from './functions.js';
import { serversOf } from './servers.js';
import { templatesOf } from './template.js';

/** `EngineVersion: '13.4'`, and what functions and clusters run. */
export const fromDocuments: FromDocuments = function* (documents) {
  yield* serversOf(documents).flatMap((server) => [...releaseOf(server)]);
  const lines = managedReleases('eks');
  for (const resource of templatesOf(documents).flatMap((one) => one.resources)) {
    if (isFunction(resource) && resource.audience === 'production') {
      const runtime = resource.get('Runtime') ?? memberOf(resource.template.globals, 'Runtime');
      const written = textOf(runtime);
      if (written !== undefined) yield* functionRuntime(written, placeOf(runtime) ?? resource.head, resource.unit);
    }
    if (resource.type !== 'AWS::EKS::Cluster' || resource.audience !== 'production') continue;
    const version = resource.get('Version');
    const text = textOf(version);
    if (lines !== undefined && text !== undefined)
      yield* runtimeOf(lines, text, placeOf(version) ?? resource.head, [], BENEATH);
  }
};
