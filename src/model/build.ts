import { application } from '../facts/application.js';
import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { image } from '../facts/image.js';
import { imageCopy } from '../facts/image-copy.js';
import { groupBy } from '../group-by.js';
import { volume } from '../facts/volume.js';
import { workload } from '../facts/workload.js';
import { repositoryPath, type Mount } from '../link/mount.js';
import { isUnknown } from '../location.js';
import { alikeBuild, calledBuild, isNamedFor, wordsOf } from './alike-build.js';
import { known, type Workload } from './deployment.js';
import { imageName, isCalledLikeUs, type Ground } from './ground.js';
import { folderOf, isInside, joinPath, TELLS_NOTHING } from '../repository-path.js';

/** The image that the repository builds for a workload, and the folder it is built from. */
export interface Build {
  readonly image: FactOf<typeof image>;
  /** Relative to the root. */
  readonly context: string;
}

/**
 * Which image a workload runs: the one its manifest builds; else the one that another manifest builds under the same
 * name; else, for an image that is no known product, the only or the most alike one that the repository builds.
 */
export function buildOf(fact: Workload, facts: readonly Fact[], ground: Ground): Build | undefined {
  const images = facts.filter((candidate) => isKind(image, candidate));
  const own = declaredBuild(fact, images);
  if (own !== undefined) return own;
  const name = known(fact.properties.image);
  if (isUnknown(fact.properties.image)) return filledInBuild(fact, facts, productionImages(images), ground);
  if (name === undefined) {
    const only = onlyBuild(images, facts, ground);
    // What is built of a folder of its own is not what another folder's file builds.
    const context = known(fact.properties.buildContext) ?? '';
    return only !== undefined && (isInside(only.context, context) || isInside(context, only.context))
      ? only
      : undefined;
  }
  for (const other of facts) {
    if (isKind(workload, other) && other !== fact && sameImage(known(other.properties.image), name)) {
      const shared = declaredBuild(other, images);
      if (shared !== undefined) return shared;
    }
  }
  if (ground.isProduct(imageName(name))) return undefined;
  const namesake = namesakeBuild(name, facts, images);
  if (namesake !== undefined) return namesake;
  const candidates = productionImages(images);
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) {
    const build = defaultBuild(only, facts, ground);
    return isOwn(fact, build.context, facts, ground) ? build : undefined;
  }
  const started = startedBuild(fact, facts, candidates, ground);
  if (started !== undefined) return started;
  const best =
    alikeBuild(fact, imageName(name), candidates) ??
    calledBuild(fact, imageName(name), candidates) ??
    siblingBuild(name, facts, candidates) ??
    mainBuild(fact, candidates, ground);
  return best === undefined ? undefined : defaultBuild(best, facts, ground);
}

/** An image that is only known when it is deployed: what runs it has the name of the folder that builds one, or is the application of the only one. */
function filledInBuild(
  fact: Workload,
  facts: readonly Fact[],
  candidates: readonly FactOf<typeof image>[],
  ground: Ground,
): Build | undefined {
  const [first, ...others] = candidates;
  const best = alikeBuild(fact, '', candidates);
  if (best !== undefined) return defaultBuild(best, facts, ground);
  if (first === undefined || others.length > 0 || !isNamedFor(folderOf(first.location.uri), new Set()))
    return undefined;
  const only = defaultBuild(first, facts, ground);
  return isOwn(fact, only.context, facts, ground) ? only : undefined;
}

/** What the name of another workload tells that runs the very same image: a worker beside `engine` is built as that is. */
function siblingBuild(
  name: string,
  facts: readonly Fact[],
  candidates: readonly FactOf<typeof image>[],
): FactOf<typeof image> | undefined {
  const found = facts
    .filter((other) => isKind(workload, other))
    .filter(({ properties }) => known(properties.audience) === 'production' && known(properties.image) === name)
    .flatMap((other) => alikeBuild(other, imageName(name), candidates) ?? []);
  const [first] = found;
  return found.every((one) => one === first) ? first : undefined;
}

/** The image that holds the file which a manifest starts in it: this one, or another that runs the very same image. */
function startedBuild(
  fact: Workload,
  facts: readonly Fact[],
  candidates: readonly FactOf<typeof image>[],
  ground: Ground,
): Build | undefined {
  const started = facts
    .filter((other) => isKind(workload, other))
    .filter((other) => known(other.properties.image) === known(fact.properties.image))
    .map(({ properties }) => (known(properties.entrypoint) ?? known(properties.command))?.[0] ?? '')
    .filter((path) => /^\/[^$\s]+\/[^$\s]+\.\w+$/.test(path));
  if (started.length === 0) return undefined;
  const holding = candidates
    .map((one) => defaultBuild(one, facts, ground))
    .filter((build) => {
      const mounts = mountsOf(null, build, facts);
      return started.some((path) => {
        const file = repositoryPath(mounts, path);
        return file !== undefined && ground.holds(file);
      });
    });
  return holding.length === 1 ? holding[0] : undefined;
}

/** The same image in the registry of someone else: `acme/shop-backend` is what builds `local/shop-backend`, or what is called so. */
function namesakeBuild(
  name: string,
  facts: readonly Fact[],
  images: readonly FactOf<typeof image>[],
): Build | undefined {
  const last = lastName(name);
  if (wordsOf(last).every((word) => TELLS_NOTHING.test(word))) return undefined;
  const builds = facts
    .filter((other) => isKind(workload, other))
    .filter(
      ({ properties: { audience, image: other, name: called } }) =>
        known(audience) === 'production' &&
        (lastName(known(other) ?? '') === last || (other === undefined && known(called) === last)),
    )
    .flatMap((other) => declaredBuild(other, images) ?? []);
  const [first] = builds;
  return builds.every((one) => one.image === first?.image) ? first : undefined;
}

function lastName(reference: string): string {
  return imageName(reference).replace(/^.*\//, '');
}

export function declaredBuild(fact: Workload, images: readonly FactOf<typeof image>[]): Build | undefined {
  const context = known(fact.properties.buildContext);
  const file = fileOf(fact);
  if (context === undefined && file === undefined) return undefined;
  const target = known(fact.properties.buildTarget);
  const stages = images.filter((candidate) => known(candidate.properties.file) === file);
  const stage =
    stages.find((candidate) => target !== undefined && known(candidate.properties.stage) === target) ??
    stages.find((candidate) => known(candidate.properties.final) === 'yes');
  return stage === undefined ? undefined : { image: stage, context: context ?? folderOf(file ?? '') };
}

/** The file that builds it; where the platform looks for one, that which it would find. */
function fileOf({ properties: { dockerfile } }: Workload): string | undefined {
  return isUnknown(dockerfile) ? dockerfile.candidates?.[0] : dockerfile;
}

function onlyBuild(images: readonly FactOf<typeof image>[], facts: readonly Fact[], ground: Ground): Build | undefined {
  const final = productionImages(images);
  return final.length === 1 && final[0] !== undefined ? defaultBuild(final[0], facts, ground) : undefined;
}

/** How an image is built of which nobody says from where: from the folder, its own or one above, that holds most of what it copies. */
export function defaultBuild(fact: FactOf<typeof image>, facts: readonly Fact[], { holds }: Ground): Build {
  const usual = known(fact.properties.context) ?? folderOf(fact.location.uri);
  const sources = facts
    .filter((one) => isKind(imageCopy, one))
    .filter((one) => known(one.properties.file) === known(fact.properties.file))
    .map((one) => known(one.properties.source) ?? '')
    .filter((source) => joinPath('', source) !== '' && !/[*?[]/.test(source));
  let best = { context: usual, found: -1 };
  for (let context = usual; ; context = folderOf(context)) {
    const found = sources.filter((source) => holds(joinPath(context, source))).length;
    if (found > best.found) best = { context, found };
    if (context === '') return { image: fact, context: best.context };
  }
}

/** Paths and names of what people build for themselves, not for production. */
const ASIDE =
  /(^|[/._-])(dev|devel|development|devstack|devcontainer|test|tests|testing|ci|e2e|local|docs?|examples?|samples?)([/._-]|$)/i;

/**
 * One image for each file: the last stage, which is built where nobody names one; where that is for development by its
 * name, the last that is for production by its, if any.
 */
export function productionImages(images: readonly FactOf<typeof image>[]): FactOf<typeof image>[] {
  const stages = images.filter((one) => !ASIDE.test(one.location.uri));
  return [...groupBy(stages, (one) => known(one.properties.file)).values()].flatMap((file) => {
    const named = (pattern: RegExp): FactOf<typeof image> | undefined =>
      file.findLast((one) => pattern.test(known(one.properties.stage) ?? ''));
    const last = file.find((one) => known(one.properties.final) === 'yes');
    if (last === undefined || !ASIDE.test(known(last.properties.stage) ?? '')) return last ?? [];
    return named(/prod|release|deploy|live/i) ?? [];
  });
}

/** An image that is called like the repository is built by its main file: the one that stands highest, under the plain name. */
function mainBuild(
  fact: Workload,
  candidates: readonly FactOf<typeof image>[],
  ground: Ground,
): FactOf<typeof image> | undefined {
  if (!isCalledLikeUs(fact, ground)) return undefined;
  const rank = ({ location: { uri } }: Fact): number => 2 * uri.split('/').length + (/(?:^|\/)\w+$/.test(uri) ? 0 : 1);
  const [best, second] = [...candidates].sort((a, b) => rank(a) - rank(b));
  return best !== undefined && (second === undefined || rank(best) < rank(second)) ? best : undefined;
}

function sameImage(a: string | undefined, b: string): boolean {
  return a !== undefined && imageName(a) === imageName(b);
}

/** Where the files of the repository stand in the container: copied into the image, or mounted over it. */
export function mountsOf(fact: Workload | null, build: Build | undefined, facts: readonly Fact[]): Mount[] {
  const mounts: Mount[] = [];
  if (build !== undefined) {
    const file = known(build.image.properties.file);
    const stage = known(build.image.properties.stage);
    for (const copy of facts) {
      if (!isKind(imageCopy, copy) || known(copy.properties.file) !== file || known(copy.properties.stage) !== stage)
        continue;
      const source = known(copy.properties.source);
      const target = known(copy.properties.target);
      if (source !== undefined && target !== undefined)
        mounts.push({ containerPath: target, path: joinPath(build.context, source) });
    }
  }
  if (fact !== null) {
    for (const mount of volumesOf(fact, facts)) {
      if (known(mount.properties.origin) !== 'repository') continue;
      const source = known(mount.properties.source);
      const path = known(mount.properties.path);
      if (source !== undefined && path !== undefined)
        mounts.unshift({ containerPath: path, path: joinPath('', source) });
    }
  }
  return mounts;
}

export function volumesOf(fact: Workload, facts: readonly Fact[]): FactOf<typeof volume>[] {
  const unit = known(fact.properties.unit);
  const container = known(fact.properties.container);
  return facts
    .filter((candidate) => isKind(volume, candidate))
    .filter(
      (candidate) => known(candidate.properties.unit) === unit && known(candidate.properties.container) === container,
    );
}

/** Names that people give to what runs their own code. */
const OWN =
  /^(?:web|app|api|backend|server|site|www|worker|scheduler|beat|cron|migrate|migrations?|jobs?|tasks?|queue|admin|backoffice)\d*$/;

/**
 * Whether an image of unknown making is likely to hold the one application of the repository: it is called like it,
 * or like a part that every application has. What runs an image of somebody (`acme/shipper`) is often called by both the
 * system and the image (`shop-shipper`), which proves nothing.
 */
export function isOwn(fact: Workload, directory: string, facts: readonly Fact[], ground: Ground): boolean {
  if (isCalledLikeUs(fact, ground)) return true;
  const applications = facts
    .filter((candidate) => isKind(application, candidate))
    .map((candidate) => known(candidate.properties.name) ?? '');
  const own = new Set([...applications, directory].flatMap(wordsOf));
  const reference = known(fact.properties.image) ?? '';
  const isOurs = (word: string): boolean => own.has(word) || OWN.test(word);
  if (wordsOf(imageName(reference.replace(/^.*\//, ''))).some(isOurs)) return true;
  const called = [known(fact.properties.name), known(fact.properties.container)].map((name) => wordsOf(name ?? ''));
  return called.some((words) =>
    reference.includes('/')
      ? words.length > 0 && words.every((word) => isOurs(word) || TELLS_NOTHING.test(word))
      : words.some(isOurs),
  );
}
