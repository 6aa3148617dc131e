import type { Inventory } from '../../discover/inventory.js';
import type { Interpreter } from './interpreter.js';
import { joinPath, normalPath } from './path-text.js';
import { isMentioned } from './deployed-paths.js';
import { REPOSITORY, type Value } from '../value.js';

/** Folders of every machine; anything else outside the repository does not exist in a fresh checkout. */
const SYSTEM = new Set([
  '/',
  '/etc',
  '/tmp',
  '/var',
  '/usr',
  '/bin',
  '/home',
  '/root',
  '/opt',
  '/dev',
  '/proc',
  '/run',
  '/var/log',
  '/var/run',
  '/var/lib',
  '/var/tmp',
  '/var/cache',
  '/var/spool',
  '/var/mail',
  '/lib',
  '/sbin',
  '/boot',
  '/media',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/share',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/usr/share',
  '/srv',
  '/mnt',
  '/sys',
  '/dev/null',
]);
/** What a container or its orchestrator puts there; whether it does, the code cannot tell. */
const DEPLOYED = /^\/(?:run\/secrets|var\/run\/secrets|proc|sys|\.[a-z]+env|dev\/shm|dev\/log)(?:\/|$)/;

/** The path of a file relative to the audited root, or undefined where it lies outside of it. */
export function insideRepository(py: Interpreter, path: string): string | undefined {
  const absolute = normalPath(path.startsWith('/') ? path : joinPath(workingDirectory(py), path));
  if (absolute === REPOSITORY) return '';
  if (absolute.startsWith(`${REPOSITORY}/`)) return absolute.slice(REPOSITORY.length + 1);
  for (const mount of py.launch.mounts) {
    const from = normalPath(mount.containerPath);
    if (absolute === from) return mount.path;
    const prefix = from === '/' ? '/' : `${from}/`;
    if (absolute.startsWith(prefix)) {
      const inner = normalPath(joinPath(mount.path, absolute.slice(prefix.length)));
      if (py.inventory.has(inner) || directories(py.inventory).has(inner)) return inner;
    }
  }
  return undefined;
}

export function workingDirectory(py: Interpreter): string {
  return normalPath(joinPath(REPOSITORY, py.launch.directory));
}

const folders = new WeakMap<Inventory, ReadonlyMap<string, readonly string[]>>();

/** The folders that the inventory's files lie in, each with the names in it. */
export function directories(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const known = folders.get(inventory);
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>([['', new Set()]]);
  for (const { path } of inventory.files) {
    let child = path;
    for (;;) {
      const cut = child.lastIndexOf('/');
      const parent = cut < 0 ? '' : child.slice(0, cut);
      const names = found.get(parent) ?? new Set<string>();
      const fresh = names.size === 0 && parent !== '';
      names.add(child.slice(cut + 1));
      found.set(parent, names);
      if (cut < 0 || !fresh) break;
      child = parent;
    }
  }
  const sorted = new Map([...found].map(([path, names]) => [path, [...names].sort()]));
  folders.set(inventory, sorted);
  return sorted;
}

export type Kind = 'file' | 'directory' | 'absent' | undefined;

/** What a fresh checkout has at a path; undefined where only the running system can tell. */
export function kindOfPath(py: Interpreter, path: string): Kind {
  const inner = insideRepository(py, path);
  if (inner !== undefined)
    return py.inventory.has(inner) ? 'file' : directories(py.inventory).has(inner) ? 'directory' : 'absent';
  const absolute = normalPath(path);
  if (DEPLOYED.test(absolute)) return undefined;
  if (SYSTEM.has(absolute)) return 'directory';
  if (py.launch.mounts.some(({ containerPath }) => normalPath(containerPath).startsWith(`${absolute}/`)))
    return 'directory';
  // A file that an operator may put there is absent, as a variable is that nothing sets.
  return !/\.\w+$/.test(absolute) && isMentioned(py.inventory, absolute) ? undefined : 'absent';
}

/** The same of a value: a place that the deployment names itself has what only the running system knows. */
export function kindOfPlace(py: Interpreter, place: Value & { kind: 'str' | 'path' }): Kind {
  const kind = kindOfPath(py, place.value);
  if (kind !== 'absent' || insideRepository(py, place.value) !== undefined) return kind;
  const named = place.origin.variables.some((name) => py.environ.entries.has(`s${name}`));
  return named ? undefined : kind;
}

/** The text of a file of the repository. */
export function readText(py: Interpreter, path: string): string | undefined {
  const inner = insideRepository(py, path);
  return inner === undefined ? undefined : py.inventory.read(inner);
}

/** The names in a folder of the repository, sorted. */
export function listFolder(py: Interpreter, path: string): readonly string[] | undefined {
  const inner = insideRepository(py, path);
  return inner === undefined ? undefined : directories(py.inventory).get(inner);
}
