import type { Location } from '../location.js';
import { normalizedName } from './requirement.js';

/** What a lock file fixes of one distribution. */
export interface LockedVersion {
  readonly name: string;
  readonly version: string;
  /** Where the version is written; absent where that cannot be told. */
  readonly location?: Location;
}

/** The versions that a lock file fixes. */
export function* lockedVersions(path: string, read: () => string | undefined): Generator<LockedVersion> {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  if (fileName === 'poetry.lock' || fileName === 'uv.lock' || fileName === 'pdm.lock')
    yield* fromToml(path, read() ?? '');
  else if (fileName === 'Pipfile.lock') yield* fromPipfileLock(path, read() ?? '{}');
}

/** All three are TOML of one shape; going by lines is a hundred times faster than a TOML reader on files of this size. */
function* fromToml(uri: string, text: string): Generator<LockedVersion> {
  let name: string | undefined;
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    if (line.startsWith('[')) name = undefined;
    const match = /^(name|version) = "([^"]*)"/.exec(line);
    if (match?.[1] === 'name' && match[2] !== undefined) name = normalizedName(match[2]);
    else if (match?.[1] === 'version' && match[2] !== undefined && name !== undefined) {
      yield { name, version: match[2], location: inLine(uri, number, 0, match[0].length) };
      name = undefined;
    }
  }
}

function* fromPipfileLock(uri: string, text: string): Generator<LockedVersion> {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    return;
  }
  const packages = typeof plain === 'object' && plain !== null && 'default' in plain ? plain.default : undefined;
  if (typeof packages !== 'object' || packages === null) return;
  const places = placesOf(uri, text);
  for (const [name, one] of Object.entries(packages as Record<string, unknown>)) {
    const version = typeof one === 'object' && one !== null && 'version' in one ? one.version : undefined;
    if (typeof version !== 'string') continue;
    const location = places.get(name);
    yield {
      name: normalizedName(name),
      version: version.replace(/^=+/, ''),
      ...(location === undefined ? {} : { location }),
    };
  }
}

/** Pipenv writes each version in a line of its own, below the name; of what is written otherwise no place is told. */
function placesOf(uri: string, text: string): Map<string, Location> {
  const places = new Map<string, Location>();
  let name: string | undefined;
  let number = 0;
  let isDefault = false;
  for (const line of text.split('\n')) {
    number++;
    const section = /^ {4}"([\w.-]+)": \{/.exec(line)?.[1];
    if (section !== undefined) isDefault = section === 'default';
    if (!isDefault) continue;
    name = /^ {8}"([^"]+)": \{/.exec(line)?.[1] ?? name;
    const at = /^ {12}"version": "[^"]*"/.exec(line)?.[0].length;
    if (at !== undefined && name !== undefined) places.set(name, inLine(uri, number, 12, at));
  }
  return places;
}

function inLine(uri: string, line: number, from: number, to: number): Location {
  return { uri, region: { startLine: line, startColumn: from + 1, endLine: line, endColumn: to + 1 } };
}
