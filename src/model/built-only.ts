import { image } from '../facts/image.js';
import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { groupBy } from '../group-by.js';
import { repositoryPath } from '../link/mount.js';
import { defaultBuild, mountsOf, productionImages } from './build.js';
import { known } from './deployment.js';
import { imageName, type Ground } from './ground.js';

/**
 * Whether images only build what stands in a folder and hand the outcome to something else: a stage works in it, and
 * whatever is made of that is a proxy that sends the files, or works in another application's folder.
 */
export function isBuiltOnly(
  directory: string,
  applications: ReadonlySet<string>,
  facts: readonly Fact[],
  ground: Ground,
): boolean {
  const stages = facts.filter((fact) => isKind(image, fact));
  const worksIn = (stage: FactOf<typeof image>): string | undefined => {
    const folder = known(stage.properties.workingDirectory);
    const mounts = mountsOf(null, defaultBuild(stage, facts, ground), facts);
    return folder === undefined ? undefined : repositoryPath(mounts, folder);
  };
  const finals = productionImages(stages).filter((last) => {
    const before = groupBy(stages, (one) => known(one.properties.file)).get(known(last.properties.file)) ?? [];
    return before.some((stage) => stage !== last && worksIn(stage) === directory);
  });
  return (
    finals.length > 0 &&
    finals.every((last) => {
      const base = known(last.properties.base);
      if (base !== undefined && ground.isProxy(imageName(base))) return true;
      const folder = worksIn(last);
      return folder !== undefined && folder !== directory && applications.has(folder);
    })
  );
}
