import type { Inventory } from '../discover/inventory.js';
import { lineStarts, regionAt, type Location } from '../location.js';
import { isDevelopment } from './development-names.js';
import { requirementOf } from './requirement.js';
import type { Declaration } from './declaration.js';
import { lockedVersions } from './lock-files.js';
import type { Dependency } from './program.js';
import { fromPipfile, fromPyproject } from './toml-manifests.js';
import { fromSetupCfg, fromSetupPy } from './setup-files.js';

/** Every Python package that some manifest of the repository declares, with the version that a lock file fixes. */
export function readDependencies(inventory: Inventory): readonly Dependency[] {
  const found: Dependency[] = [];
  const locked = new Map<string, string>();
  const included = new Set<string>();
  for (const { path } of inventory.files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (const [distribution, version] of lockedVersions(name, () => inventory.read(path)))
      if (!locked.has(distribution)) locked.set(distribution, version);
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
  const known = settled.map((one) => {
    const version = locked.get(one.name);
    return version === undefined ? one : { ...one, version, constraint: `==${version}` };
  });
  return known.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function isManifest(path: string, name: string): boolean {
  if (name === 'pyproject.toml' || name === 'Pipfile' || name === 'setup.cfg' || name === 'setup.py') return true;
  return (
    /\.(?:txt|in|pip)$/.test(name) &&
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
