import type { Stated } from '../../facts/fact.js';
import { rdsReleases } from '../managed-releases.js';
import { runtimeOf } from '../release-lines.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';

/** `engine_version = "13.4"`. */
export const fromDocuments: FromDocuments = (documents, inventory) =>
  serversOf(documents, inventory).flatMap(({ unit, release }): Stated[] => {
    const lines = release === undefined ? undefined : rdsReleases(release.engine);
    return release === undefined || lines === undefined
      ? []
      : [...runtimeOf(lines, release.version, release.location, [], unit)];
  });
