import { application } from '../facts/application.js';
import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { image } from '../facts/image.js';
import { imageCopy } from '../facts/image-copy.js';
import { groupBy } from '../group-by.js';
import { volume } from '../facts/volume.js';
import { workload } from '../facts/workload.js';
import { repositoryPath, type Mount } from '../link/mount.js';
import { known, type Workload } from './deployment.js';
import { folderOf, isInside, joinPath, TELLS_NOTHING } from '../repository-path.js';

/** The image that the repository builds for a workload, and the folder it is built from. */
export interface Build {
  readonly image: FactOf<typeof image>;
  /** Relative to the root. */
  readonly context: string;
}

/** Says whether an image name is one of a product that is not the project's own code. */
export type IsProduct = (imageName: string) => boolean;

/**
 * Which image a workload runs: the one its manifest builds; else the one that another manifest builds under the same
 * name; else, for an image that is no known product, the only or the most alike one that the repository builds.
 */
export function buildOf(fact: Workload, facts: readonly Fact[], isProduct: IsProduct): Build | undefined {
  const images = facts.filter((candidate) => isKind(image, candidate));
  const own = declaredBuild(fact, images);
  if (own !== undefined) return own;
  const name = known(fact.properties.image);
  if (name === undefined) return fact.properties.image === undefined ? onlyBuild(images) : undefined;
  for (const other of facts) {
    if (isKind(workload, other) && other !== fact && sameImage(known(other.properties.image), name)) {
      const shared = declaredBuild(other, images);
      if (shared !== undefined) return shared;
    }
  }
  if (isProduct(imageName(name))) return undefined;
  const candidates = productionImages(images);
  const [only] = candidates;
  if (candidates.length !== 1 || only === undefined) return alikeBuild(fact, imageName(name), candidates);
  const build = defaultBuild(only);
  return isOwn(fact, build.context, facts) ? build : undefined;
}

function declaredBuild(fact: Workload, images: readonly FactOf<typeof image>[]): Build | undefined {
  const context = known(fact.properties.buildContext);
  const file = known(fact.properties.dockerfile);
  if (context === undefined && file === undefined) return undefined;
  const target = known(fact.properties.buildTarget);
  const stages = images.filter((candidate) => known(candidate.properties.file) === file);
  const stage =
    stages.find((candidate) => target !== undefined && known(candidate.properties.stage) === target) ??
    stages.find((candidate) => known(candidate.properties.final) === 'yes');
  return stage === undefined ? undefined : { image: stage, context: context ?? folderOf(file ?? '') };
}

function onlyBuild(images: readonly FactOf<typeof image>[]): Build | undefined {
  const final = productionImages(images);
  return final.length === 1 && final[0] !== undefined ? defaultBuild(final[0]) : undefined;
}

export function defaultBuild(fact: FactOf<typeof image>): Build {
  return { image: fact, context: known(fact.properties.context) ?? folderOf(fact.location.uri) };
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

function alikeBuild(fact: Workload, name: string, candidates: readonly FactOf<typeof image>[]): Build | undefined {
  const wanted = new Set([...wordsOf(name), ...wordsOf(known(fact.properties.name) ?? '')]);
  const scored = candidates
    .filter((candidate) => isNamedFor(candidate.location.uri, wanted))
    .map((candidate) => ({
      candidate,
      score: wordsOf(candidate.location.uri).filter((word) => wanted.has(word)).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  return best !== undefined && best.score > 0 && best.score > (second?.score ?? 0)
    ? defaultBuild(best.candidate)
    : undefined;
}

/** The folder of another part (`shop-exporter/Dockerfile`) shares words with an image (`acme/shop`) that it does not build. */
function isNamedFor(path: string, wanted: ReadonlySet<string>): boolean {
  const nearest = path.split('/').at(-2) ?? '';
  return wordsOf(nearest).every((word) => wanted.has(word) || TELLS_NOTHING.test(word));
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'dockerfile');
}

/** `ghcr.io/acme/shop:1.2@sha256:...` is `ghcr.io/acme/shop`. */
export function imageName(reference: string): string {
  const name = reference.split('@')[0] ?? reference;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
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
 * or like a part that every application has.
 */
function isOwn(fact: Workload, directory: string, facts: readonly Fact[]): boolean {
  const applications = facts
    .filter((candidate) => isKind(application, candidate))
    .map((candidate) => known(candidate.properties.name) ?? '');
  const own = new Set([...applications, directory].flatMap(wordsOf));
  const names = [
    known(fact.properties.image)?.replace(/^.*\//, ''),
    known(fact.properties.name),
    known(fact.properties.container),
  ];
  return names.flatMap((name) => wordsOf(imageName(name ?? ''))).some((word) => own.has(word) || OWN.test(word));
}

/** What a build makes stands in no repository; beside it stands what it is made of. */
const BUILT = /^(?:dist|build|out|target|\.next|\.output|\.nuxt|\.svelte-kit)$/;

function sourcesOf(path: string): string {
  const segments = path.split('/');
  const at = segments.findIndex((segment) => BUILT.test(segment));
  return at < 0 ? path : segments.slice(0, at).join('/');
}

/**
 * The folder whose code a container runs: what its working directory holds, else the build context; null where it
 * runs none of the repository.
 */
export function codeDirectory(
  fact: Workload,
  build: Build | undefined,
  mounts: readonly Mount[],
  workingDirectory: string | undefined,
  facts: readonly Fact[],
  isProduct: IsProduct,
): string | null {
  const mapped = workingDirectory === undefined ? undefined : repositoryPath(mounts, workingDirectory);
  if (build !== undefined)
    return mapped !== undefined && isInside(mapped, build.context) ? sourcesOf(mapped) : build.context;
  // Built without a file that says how: a platform that runs the folder as it stands.
  const context = known(fact.properties.buildContext);
  if (context !== undefined && known(fact.properties.dockerfile) === undefined) return context;
  const name = known(fact.properties.image);
  if (name !== undefined && isProduct(imageName(name))) return null;
  const directories = new Set(
    facts
      .filter((candidate) => isKind(application, candidate))
      .map((candidate) => known(candidate.properties.directory) ?? ''),
  );
  if (
    mapped !== undefined &&
    [...directories].some((directory) => isInside(directory, mapped) || isInside(mapped, directory))
  )
    return mapped;
  const [only] = directories;
  return directories.size === 1 && only !== undefined && isOwn(fact, only, facts) ? only : null;
}
