import type { Inventory } from '../discover/inventory.js';
import { lineStarts, regionAt, type Location } from '../location.js';
import { isDevelopment } from './development-names.js';
import { lowestOf, requirementOf } from './requirement.js';
import type { Declaration } from './declaration.js';
import { lockedVersions, type LockedVersion } from './lock-files.js';
import type { Dependency } from './program.js';
import { fromPipfile, fromPyproject } from './toml-manifests.js';
import { fromSetupCfg, fromSetupPy } from './setup-files.js';

/** Every Python package that some manifest of the repository declares, with the version that a lock file fixes. */
export function readDependencies(inventory: Inventory): readonly Dependency[] {
  const found: Dependency[] = [];
  /** What each lock file fixes, by its folder. */
  const locks = new Map<string, Map<string, LockedVersion>>();
  const included = new Set<string>();
  for (const { path } of inventory.files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const locked = locks.get(folderOf(path)) ?? new Map<string, LockedVersion>();
    for (const one of lockedVersions(path, () => inventory.read(path)))
      if (!locked.has(one.name)) locked.set(one.name, one);
    if (locked.size > 0) locks.set(folderOf(path), locked);
    const add = (declarations: Iterable<Declaration>, text: string): void => {
      const lines = lineStarts(text);
      for (const { requirement, development, offset } of declarations) {
        const location: Location = { uri: path, region: regionAt(lines, offset, offset + requirement.length) };
        found.push({
          name: requirement.name,
          ...(requirement.version === undefined ? {} : { version: requirement.version }),
          ...(requirement.constraint === undefined ? {} : { constraint: requirement.constraint }),
          development,
          location,
        });
      }
    };
    const text = isManifest(path, name) ? inventory.read(path) : undefined;
    if (text === undefined) continue;
    if (name === 'pyproject.toml') add(fromPyproject(text), text);
    else if (name === 'Pipfile') add(fromPipfile(text), text);
    else if (name === 'setup.cfg') add(fromSetupCfg(text), text);
    else if (name === 'setup.py') add(fromSetupPy(text), text);
    else {
      for (const other of includes(text, path)) if (!isDevelopment(path)) included.add(other);
      add(fromRequirements(text, isDevelopment(path)), text);
    }
  }
  // What a production file includes is production, whatever its name.
  const settled = found.map((one) =>
    one.development && included.has(one.location.uri) ? { ...one, development: false } : one,
  );
  const compiled = new Map(
    found.flatMap(({ name, constraint, location }) =>
      location.uri.endsWith('.txt') && /^==\s*[\d.]+$/.test(constraint ?? '')
        ? [[`${location.uri}\0${name}`, constraint]]
        : [],
    ),
  );
  const known = settled.map((one) => {
    // What is compiled from `requirements.in` stands beside it, as `requirements.txt`.
    const pin = compiled.get(`${one.location.uri.replace(/\.in$/, '.txt')}\0${one.name}`);
    const locked = lockedFor(one, locks);
    const version = locked?.version ?? (one.location.uri.endsWith('.in') ? lowestOf(pin ?? '') : undefined);
    if (version === undefined) return one;
    const lockedAt = isExact(one.constraint) ? undefined : locked?.location;
    return { ...one, version, constraint: `==${version}`, ...(lockedAt === undefined ? {} : { lockedAt }) };
  });
  return known.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** By the lock file beside the manifest or above it: those of a workspace share one, those of other folders are of other programs. */
function lockedFor(
  { name, location }: Dependency,
  locks: ReadonlyMap<string, ReadonlyMap<string, LockedVersion>>,
): LockedVersion | undefined {
  for (let folder = folderOf(location.uri); ; folder = folderOf(folder.slice(0, -1))) {
    const found = locks.get(folder)?.get(name);
    if (found !== undefined || folder === '') return found;
  }
}

/** Whether a manifest leaves nothing for a lock file to decide: `==4.2.7`, and `4.2.7` as Poetry writes it. */
function isExact(constraint = ''): boolean {
  return /^(?:==?=?\s*)?v?\d+(?:\.\d+)+$/.test(constraint.trim());
}

/** With a slash at its end; empty for the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function isManifest(path: string, name: string): boolean {
  if (name === 'pyproject.toml' || name === 'Pipfile' || name === 'setup.cfg' || name === 'setup.py') return true;
  return (
    /\.(?:txt|in|pip|lock)$/.test(name) &&
    (/require|constraints?\b|deps/i.test(name) || /(?:^|\/)requirements\/[^/]+$/i.test(path)) &&
    !/constraint/i.test(name)
  );
}

function* lines(text: string): Generator<{ line: string; offset: number }> {
  let offset = 0;
  for (const line of text.split('\n')) {
    yield { line, offset };
    offset += line.length + 1;
  }
}

function* fromRequirements(text: string, development: boolean): Generator<Declaration> {
  for (const { line, offset } of lines(text)) {
    const indent = line.length - line.trimStart().length;
    const requirement = requirementOf(
      line
        .trim()
        .replace(/\s#.*$/, '')
        .replace(/\\$/, ''),
    );
    if (requirement !== undefined) yield { requirement, development, offset: offset + indent };
  }
}

function* includes(text: string, path: string): Generator<string> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const { line } of lines(text)) {
    const match = /^\s*(?:-r|--requirement)[\s=]+(\S+)/.exec(line);
    if (match?.[1] === undefined) continue;
    const parts: string[] = [];
    for (const part of `${folder}${match[1]}`.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    yield parts.join('/');
  }
}
