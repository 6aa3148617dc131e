import { environmentVariable } from '../facts/environment-variable.js';
import { isKind, type Fact } from '../facts/fact.js';
import { groupBy } from '../group-by.js';
import { folderOf } from '../repository-path.js';
import { buildOf } from './build.js';
import { isJob, known, type Workload } from './deployment.js';
import type { Ground } from './ground.js';

/** Names of the sets of variables that anything stands in. */
type Sets = ReadonlySet<string>;

/**
 * Which of several descriptions of a system is production. One that spreads over several machines comes before one for
 * a single machine, and that before what is only there for others to start a copy of their own.
 */
export function chooseDescription(
  production: readonly Workload[],
  facts: readonly Fact[],
  ground: Ground,
): { chosen: Workload[]; message: string } {
  const sets: Sets = new Set(
    facts.filter((fact) => isKind(environmentVariable, fact)).map((fact) => known(fact.properties.set) ?? ''),
  );
  const isWide = (fact: Workload): boolean => known(fact.properties.placement) !== 'one-host';
  const platforms = [...groupBy(production, (fact) => fact.technology).values()];
  const offered = platforms.filter(isOffered).flat();
  const firm = production.filter((fact) => !offered.includes(fact));
  const wide = onePlatform(firm.filter(isWide), sets);
  // A database that a platform runs says nothing of where the code runs.
  const takes = (all: readonly Workload[]): boolean =>
    all.some((fact) => !isJob(fact) && fact.properties.service === undefined && !isDaemon(fact));
  const spread =
    'left aside: another deployment in the repository runs on several machines and is taken for production';
  // Commands alone are the same for all platforms that read them; what one of those says on top is all there is.
  if (takes(wide) && isBare(wide, sets) && takes(offered)) {
    const best = onePlatform(offered, sets);
    if (isSameCode(wide, best)) return { chosen: withCommands(best, wide), message: spread };
  }
  // The same where a description for one machine is called production; commands are kept for whoever tries a platform.
  const named = firm.filter((fact) => !isWide(fact) && intent(fact.location.uri) > 0);
  if (takes(wide) && isBare(wide, sets) && isSameCode(wide, named) && buildsAnything(named))
    return {
      chosen: oneDescription(named),
      message:
        'left aside: another deployment in the repository is called production and says how the same code is built',
    };
  // The same where people are given the image to start, together with what it needs: that says how it is run.
  const given = firm.filter((fact) => !isWide(fact));
  const own = given.filter((fact) => isGiven(fact, wide, sets, facts, ground));
  // With fewer parts it is how people try it out.
  if (takes(wide) && isBare(wide, sets) && own.length > 0 && own.length >= wide.filter((fact) => !isJob(fact)).length)
    return {
      chosen: oneDescription(given),
      message:
        'left aside: another deployment in the repository starts the published image of the same code and says with what',
    };
  if (takes(wide)) return { chosen: withCommands(wide, firm.filter(isWide)), message: spread };
  if (takes(firm) && (offered.length === 0 || buildsAnything(firm)))
    return {
      chosen: oneDescription(firm),
      message: 'left aside: another folder of the repository describes the same system and is taken for production',
    };
  return { chosen: onePlatform(offered.length > 0 ? offered : firm, sets), message: spread };
}

/** Whether it starts an image from a registry that is built of the code a bare platform runs, with variables that stand here. */
function isGiven(
  fact: Workload,
  bare: readonly Workload[],
  sets: Sets,
  facts: readonly Fact[],
  ground: Ground,
): boolean {
  const { image, buildContext, environmentSources } = fact.properties;
  if (buildContext !== undefined || known(image)?.includes('/') !== true) return false;
  if (!(known(environmentSources) ?? []).some((set) => sets.has(set))) return false;
  const build = buildOf(fact, facts, ground);
  return build !== undefined && bare.some((one) => known(one.properties.buildContext) === build.context);
}

/** What each machine of a cluster runs is there for the cluster: drivers, collectors of logs. */
function isDaemon(fact: Workload): boolean {
  return known(fact.properties.controller) === 'daemon';
}

/** A platform that only offers: what it would build, or, where it would build nothing, the servers beside that. */
function isOffered(platform: readonly Workload[]): boolean {
  const own = platform.filter((fact) => !isJob(fact) && known(fact.properties.controller) !== 'stateful');
  return own.length > 0
    ? own.every((fact) => known(fact.properties.offered) === true)
    : platform.every((fact) => fact.properties.offered !== undefined);
}

/** What only starts servers of other makers is there for those who work on the code. */
function buildsAnything(workloads: readonly Workload[]): boolean {
  return workloads.some(
    ({ properties: { image, buildContext } }) => buildContext !== undefined || known(image)?.includes('/') === true,
  );
}

/** Nothing but commands: no number, no image, no variable. */
function isBare(platform: readonly Workload[], sets: Sets): boolean {
  return platform.every(
    (fact) =>
      isJob(fact) ||
      (known(fact.properties.replicas) === undefined &&
        (fact.properties.image ?? fact.properties.dockerfile) === undefined &&
        !(known(fact.properties.environmentSources) ?? []).some((set) => sets.has(set))),
  );
}

/** A platform that builds a folder without being told how reads there which commands to start. */
function withCommands(chosen: readonly Workload[], others: readonly Workload[]): Workload[] {
  return chosen.map((fact) => {
    const { image, dockerfile, command, entrypoint, buildContext, ports } = fact.properties;
    const folder = known(buildContext);
    if ((image ?? dockerfile ?? command ?? entrypoint) !== undefined || folder === undefined) return fact;
    const serves = (known(ports) ?? []).length > 0;
    const alike = others.filter(
      (other) =>
        other.technology !== fact.technology &&
        !isJob(other) &&
        other.properties.command !== undefined &&
        known(other.properties.buildContext) === folder &&
        (known(other.properties.ports) ?? []).length > 0 === serves,
    );
    const [first] = alike;
    if (first === undefined || alike.length > 1) return fact;
    const place = first.places?.command ?? first.location;
    return {
      ...fact,
      properties: { ...fact.properties, command: first.properties.command },
      places: { ...fact.places, command: place },
      evidence: [...fact.evidence, { message: 'what it starts is written here', location: first.location }],
    };
  });
}

/**
 * A system described for two platforms runs on one of them; the description that says most is taken. Two platforms
 * whose workloads have no name in common run different parts.
 */
function onePlatform(workloads: readonly Workload[], sets: Sets): Workload[] {
  const platforms = [...groupBy(workloads, (fact) => fact.technology).values()].sort(
    (a, b) => Number(isBare(a, sets)) - Number(isBare(b, sets)) || said(b) - said(a),
  );
  const chosen: Workload[] = [];
  for (const platform of platforms) {
    const names = new Set(chosen.map((fact) => known(fact.properties.name)));
    const isTold = platform.some((fact) => names.has(known(fact.properties.name))) || isSameCode(platform, chosen);
    if (!isTold) chosen.push(...platform);
  }
  return workloads.filter((fact) => chosen.includes(fact));
}

/** Whether all that one platform builds is built from folders that another one builds as well. */
function isSameCode(platform: readonly Workload[], chosen: readonly Workload[]): boolean {
  const built = (all: readonly Workload[]): string[] =>
    all.filter((fact) => !isJob(fact)).flatMap((fact) => known(fact.properties.buildContext) ?? []);
  const folders = built(chosen);
  const own = built(platform);
  return own.length > 0 && own.every((folder) => folders.includes(folder));
}

/**
 * Several folders can describe the same system for one machine, each for other people. Descriptions that share names,
 * and do not build those from different folders, are such; the one that speaks of deploying comes first.
 */
function oneDescription(workloads: readonly Workload[]): Workload[] {
  const folders = [...groupBy(workloads, (fact) => folderOf(fact.location.uri))].sort(
    ([a, one], [b, other]) => intent(b) - intent(a) || said(other) - said(one) || (a < b ? -1 : 1),
  );
  const chosen: Workload[] = [];
  for (const [, description] of folders) {
    const likeness = description.map((fact) => Math.max(0, ...chosen.map((other) => likenessOf(fact, other))));
    if (likeness.reduce((sum, one) => sum + one, 0) < ENOUGH) chosen.push(...description);
  }
  return workloads.filter((fact) => chosen.includes(fact));
}

function intent(path: string): number {
  return /prod|deploy/i.test(path) ? 1 : 0;
}

/** Equal code under one name is enough; one name that is built here and fetched there can be chance, two can not. */
const ENOUGH = 2;

function likenessOf(a: Workload, b: Workload): number {
  if (known(a.properties.name) !== known(b.properties.name)) return 0;
  const [built, otherBuilt] = [known(a.properties.buildContext), known(b.properties.buildContext)];
  if (built !== undefined && otherBuilt !== undefined) return built === otherBuilt ? 2 : 0;
  if (built !== undefined || otherBuilt !== undefined) return 1;
  const [image, otherImage] = [known(a.properties.image), known(b.properties.image)];
  // An image of a maker's own; everyone's database of the same name proves nothing.
  return image !== undefined && image === otherImage && image.includes('/') ? 1 : 0;
}

/** Files that describe the same thing twice say no more of it than one. */
function said(platform: readonly Workload[]): number {
  const most = new Map<string, number>();
  for (const { properties } of platform) {
    const told = Object.values(properties).filter((value) => value === 'present' || value === true).length;
    const name = `${known(properties.name) ?? ''} ${known(properties.container) ?? ''}`;
    most.set(name, Math.max(most.get(name) ?? 0, told + 1));
  }
  return [...most.values()].reduce((sum, one) => sum + one, 0);
}
