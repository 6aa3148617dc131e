import { application } from '../facts/application.js';
import { isKind, type Fact } from '../facts/fact.js';
import { imageCopy } from '../facts/image-copy.js';
import { groupBy } from '../group-by.js';
import { repositoryPath, type Mount } from '../link/mount.js';
import { folderOf, isInside, joinPath } from '../repository-path.js';
import { wordsOf } from './alike-build.js';
import { isOwn, type Build } from './build.js';
import { known, type Workload } from './deployment.js';
import { imageName, type Ground } from './ground.js';

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
  ground: Ground,
): string | null {
  if (build !== undefined) {
    // The file that builds it was found by its name, and takes nothing of the repository.
    if (!isDeclared(fact) && mounts.length === 0 && takesNothing(build, facts)) return null;
    const inside = workingDirectory === undefined ? undefined : workingFolder(workingDirectory, mounts, build, ground);
    return inside ?? build.context;
  }
  const mapped = workingDirectory === undefined ? undefined : repositoryPath(mounts, workingDirectory);
  // Built without a file that says how: a platform that runs the folder as it stands.
  const context = known(fact.properties.buildContext);
  if (context !== undefined && known(fact.properties.dockerfile) === undefined) return context;
  const name = known(fact.properties.image);
  if (name !== undefined && ground.isProduct(imageName(name))) return null;
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
  if (directories.size === 1 && only !== undefined) return isOwn(fact, only, facts, ground) ? only : null;
  return name === undefined ? null : (namedDirectory(name, known(fact.properties.name), directories) ?? null);
}

function isDeclared(fact: Workload): boolean {
  return (known(fact.properties.buildContext) ?? known(fact.properties.dockerfile)) !== undefined;
}

function takesNothing({ image: { properties } }: Build, facts: readonly Fact[]): boolean {
  return !facts.some((one) => isKind(imageCopy, one) && known(one.properties.file) === known(properties.file));
}

/** Of several applications the one whose folder is called like the image, its tag (`acme/shop:backend`), or what runs it. */
function namedDirectory(image: string, name: string | undefined, directories: ReadonlySet<string>): string | undefined {
  const alike = (called: string): string[] => {
    const words = new Set(wordsOf(called));
    return [...directories].filter((directory) => {
      const folder = wordsOf(directory.replace(/^.*\//, ''));
      return folder.length > 0 && folder.every((word) => words.has(word));
    });
  };
  const found = [image.replace(/^.*\//, ''), name ?? ''].map(alike).find((ones) => ones.length > 0);
  return found?.length === 1 ? found[0] : undefined;
}

/** What tells that a folder is worked in, and not merely a name. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'requirements.txt', 'manage.py', 'setup.py'];

/**
 * The folder of the repository that an image works in: what is copied there, else what stands around what is copied
 * into it (`server/package.json` to `/app/server/package.json`), else a folder of the same name that holds a program, or
 * that the file stands in which builds the image.
 */
function workingFolder(
  workingDirectory: string,
  mounts: readonly Mount[],
  { context, image }: Build,
  { holds }: Ground,
): string | undefined {
  const path = workingDirectory.replace(/\/+$/, '');
  const isWorkedIn = (one: string): boolean => MANIFESTS.some((name) => holds(joinPath(one, name)));
  const mapped = repositoryPath(mounts, path);
  // One file that is copied into it is no folder that anybody works in.
  const copied = mapped !== undefined && /[^/]\.\w{1,10}$/.test(mapped) && !isWorkedIn(mapped) ? undefined : mapped;
  const source = copied === undefined ? undefined : sourcesOf(copied);
  const isHeld = (one: string): boolean => isInside(one, context) && (one === '' || holds(one));
  if (
    copied !== undefined &&
    source !== undefined &&
    isHeld(source) &&
    (source !== context || copied === source || holds(copied))
  )
    return source;
  const around = mounts
    .map((mount) => ({ to: mount.containerPath.replace(/\/+$/, ''), from: `/${mount.path}` }))
    .map(({ to, from }) => ({ rest: to.startsWith(`${path}/`) ? to.slice(path.length) : undefined, from }))
    .flatMap(({ rest, from }) => (rest !== undefined && from.endsWith(rest) ? [from.slice(1, -rest.length)] : []))
    .filter((one) => isHeld(one) && (one === context || isWorkedIn(one)));
  const [most] = [...groupBy(around, (one) => one)].sort(([, a], [, b]) => b.length - a.length);
  if (most !== undefined) return around.includes(context) ? context : most[0];
  const parts = path.split('/').filter(Boolean);
  const called = parts
    .map((_, at) => parts.slice(at).join('/'))
    .flatMap((tail) => [joinPath(context, tail), tail])
    .concat(folderOf(image.location.uri))
    .find((one) => isInside(one, context) && isWorkedIn(one));
  return called ?? (source !== undefined && isHeld(source) ? source : undefined);
}
