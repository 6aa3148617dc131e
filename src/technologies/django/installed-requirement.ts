import type { Dependency, Program } from '../../link/program.js';
import { folderOf } from '../../repository-path.js';

/** Longer build instructions are not looked through. */
const LONGEST = 60_000;
/** Tools that install what `pyproject.toml` or `Pipfile` and its lock file say. */
const BY_LOCK =
  /\b(?:poetry\s+(?:install|export|sync)|uv\s+(?:sync|export)|pdm\s+(?:install|sync|export)|(pipenv)\s+(?:install|sync|requirements|lock))\b/;

/**
 * Of several manifests that declare the same, the one that is installed: which the image's build names, which a platform
 * takes, and of what stands beside each other the one with the versions.
 */
export function installedRequirement(program: Program, name: string): Dependency | undefined {
  const all = program.dependencies.filter((one) => one.name === name && one.constraint !== undefined);
  const production = all.filter(({ development }) => !development);
  const candidates = production.length > 0 ? production : all;
  const [first] = candidates;
  if (first === undefined) return undefined;
  const named = candidates.length > 1 ? (namedByBuild(program, candidates) ?? byPlatform(program, candidates)) : first;
  return beside(named ?? first, all);
}

/** `pip install -r requirements/base.txt`, `poetry install`: what the Dockerfile of the image says. */
function namedByBuild({ launch, inventory }: Program, candidates: readonly Dependency[]): Dependency | undefined {
  const uri = launch.base?.location.uri;
  if (uri === undefined || !/(?:dockerfile|containerfile)/i.test(uri)) return undefined;
  const text = (inventory.read(uri) ?? '').slice(0, LONGEST);
  const files = [...text.matchAll(/\s(?:-r|--requirements?)[\s=]{0,5}["']?([\w./-]{1,200})/g)].map(([, path = '']) =>
    path.replace(/^.*\//, ''),
  );
  const byFile = candidates.find(({ location }) => files.includes(location.uri.replace(/^.*\//, '')));
  if (byFile !== undefined) return byFile;
  const lock = BY_LOCK.exec(text);
  if (lock === null) return undefined;
  const manifest = lock[1] === undefined ? /(?:^|\/)pyproject\.toml$/ : /(?:^|\/)Pipfile$/;
  return candidates.find(({ location }) => manifest.test(location.uri));
}

/**
 * Buildpacks take a Pipfile first, then `requirements.txt`, both in the folder that is deployed.
 * https://docs.cloudfoundry.org/buildpacks/python/index.html
 */
function byPlatform({ launch }: Program, candidates: readonly Dependency[]): Dependency | undefined {
  const from = launch.location?.uri;
  if (from === undefined || launch.base !== undefined || !/(?:^|\/)(?:Procfile|manifest[^/]*\.ya?ml)$/.test(from))
    return undefined;
  const here = candidates.filter(({ location }) => folderOf(location.uri) === folderOf(from));
  return (
    here.find(({ location }) => location.uri.endsWith('Pipfile')) ??
    here.find(({ location }) => location.uri.endsWith('requirements.txt'))
  );
}

/** Of what stands beside each other, the file that is installed: `requirements.txt` was made of `requirements.in`, a lock file of ranges. */
function beside(first: Dependency, all: readonly Dependency[]): Dependency {
  const folder = folderOf(first.location.uri);
  const others = all.filter(
    (one) => one.development === first.development && folderOf(one.location.uri) === folder && isPinned(one),
  );
  const isSource = first.location.uri.endsWith('.in') || !isPinned(first);
  return isSource ? (others.find(({ location }) => !location.uri.endsWith('.in')) ?? first) : first;
}

function isPinned({ constraint = '' }: Dependency): boolean {
  return /^==\s*\d+\.\d+/.test(constraint);
}
