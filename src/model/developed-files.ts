import { isKind, type Fact } from '../facts/fact.js';
import { image } from '../facts/image.js';
import { workload } from '../facts/workload.js';
import { declaredBuild, type Build } from './build.js';
import { known, type Workload } from './deployment.js';

/**
 * Files that say nothing of whom they are for, and start an image as people start it on their own machines, with their own
 * code mounted over that of the image: none of that is production.
 */
export function developedFiles(workloads: readonly Workload[], facts: readonly Fact[]): ReadonlySet<string> {
  const images = facts.filter((fact) => isKind(image, fact));
  const developed = workloads.filter(
    (fact) =>
      known(fact.properties.mountsCode) === true &&
      fact.properties.command === undefined &&
      fact.properties.entrypoint === undefined &&
      known(declaredBuild(fact, images)?.image.properties.developed) === true,
  );
  return new Set(developed.map(({ location: { uri } }) => uri));
}

/** Of the images of an application that nothing deploys: the only one, unless people develop in it; of several the one that is called so. */
export function buildForEverybody(builds: readonly Build[], facts: readonly Fact[]): Build | undefined {
  const isDesk = (one: Build): boolean => known(one.image.properties.developed) === true && isForDevelopers(one, facts);
  const [first, ...others] = builds.filter((one) =>
    builds.length === 1 ? !isDesk(one) : known(one.image.properties.forEverybody) === true,
  );
  return others.length === 0 ? first : undefined;
}

/** Whether an image is built, and only by what people start for development or tests. */
function isForDevelopers({ image: built }: Build, facts: readonly Fact[]): boolean {
  const users = facts
    .filter((fact) => isKind(workload, fact))
    .filter((fact) => declaredBuild(fact, [built]) !== undefined);
  const developed = developedFiles(users, [built]);
  return (
    users.length > 0 &&
    users.every(({ properties, location: { uri } }) => {
      const audience = known(properties.audience);
      return developed.has(uri) || (audience !== undefined && audience !== 'production');
    })
  );
}
