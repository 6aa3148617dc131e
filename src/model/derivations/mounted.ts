import { boolean, isKind } from '../../facts/fact.js';
import { logFile } from '../../facts/log-file.js';
import { isUnknown } from '../../location.js';
import { volumesOf } from '../build.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** Whoever mounts a volume there keeps the file, and most often reads it from outside as well. */
export const mounted: FactDerivation = {
  name: 'mounted',
  kinds: ['log-file'],
  property: boolean('Whether the file lies on a volume, so that it outlives the container and others can read it.'),
  derive(fact, part, system) {
    if (!isKind(logFile, fact) || part.workload === null) return undefined;
    const { path } = fact.properties;
    if (path === undefined || isUnknown(path)) return undefined;
    const volume = volumesOf(part.workload, system.facts).find((one) => {
      const mount = known(one.properties.path)?.replace(/\/+$/, '');
      return mount !== undefined && (path === mount || path.startsWith(`${mount}/`));
    });
    return derived(
      volume !== undefined,
      volume === undefined ? [] : [{ message: 'it lies on this volume', location: volume.location }],
    );
  },
};
