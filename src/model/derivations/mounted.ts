import { boolean, isKind } from '../../facts/fact.js';
import { image } from '../../facts/image.js';
import { logFile } from '../../facts/log-file.js';
import { isUnknown } from '../../location.js';
import { volumesOf } from '../build.js';
import type { System } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';
import type { Derived } from '../model.js';

/** Whoever mounts a volume there keeps the file, and most often reads it from outside as well. */
export const mounted: FactDerivation = {
  name: 'mounted',
  kinds: ['log-file'],
  property: boolean('Whether the file lies on a volume, so that it outlives the container and others can read it.'),
  derive(fact, part, system) {
    if (!isKind(logFile, fact)) return undefined;
    const { path } = fact.properties;
    if (path === undefined || isUnknown(path)) return undefined;
    if (part.workload === null) return inImage(path, system);
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

/** Folders that people mount a volume at. */
const OFTEN_MOUNTED = /(?:^|\/)(?:data|var|storage|volumes?|mnt|persist\w{0,20})\//i;

/** Where an image is built and nothing tells who runs it: a file beside the code is a part of the container, any other place may be a volume. */
function inImage(path: string, { facts }: System): Derived<boolean> | undefined {
  const built = facts.find((one) => isKind(image, one));
  return built === undefined || path.startsWith('/') || OFTEN_MOUNTED.test(path)
    ? undefined
    : derived(false, [{ message: 'the code is put into an image here', location: built.location }]);
}
