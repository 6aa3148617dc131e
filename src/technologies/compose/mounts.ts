import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Document, Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { boolean, get, isMap, isScalar, items, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { interpolated, knownText, textOf } from './interpolated.js';
import { fieldInAll, type Deployment, type Service } from './services.js';
import { networkAccess, volumeName } from './shared-volumes.js';

export interface Mount {
  readonly source: Maybe<string>;
  readonly origin: Maybe<'claim' | 'named' | 'host-path' | 'repository' | 'configuration' | 'scratch'>;
  readonly path: string;
  readonly readOnly: boolean;
  readonly place: Range;
  /** The file that the place is in. */
  readonly document: Document<YamlTree>;
}

/** What a service mounts; of two mounts at the same path the later one counts. */
export function mountsOf(deployment: Deployment, service: Service): readonly Mount[] {
  const found = new Map<string, Mount>();
  const add = (mount: Written | undefined, document: Document<YamlTree>): void => {
    if (mount !== undefined) found.set(mount.path.replace(/(?<=.)\/+$/, ''), { ...mount, document });
  };
  for (const { node, document } of fieldInAll(service, 'volumes')) {
    const from = { root: deployment.root, document };
    for (const item of items(node)) add(isMap(item) ? long(from, item) : short(from, item), document);
  }
  for (const { node, document } of fieldInAll(service, 'tmpfs')) {
    for (const item of isScalar(node) ? [node] : items(node)) {
      const path = knownText(item)?.split(':')[0];
      if (path !== undefined) add({ source: path, origin: 'scratch', path, readOnly: false, place: item }, document);
    }
  }
  for (const [key, folder] of [
    ['secrets', '/run/secrets/'],
    ['configs', '/'],
  ] as const) {
    for (const { node, document } of fieldInAll(service, key))
      for (const item of items(node)) add(configuration(item, folder), document);
  }
  return [...found.values()];
}

type Written = Omit<Mount, 'document'>;
/** The file that a mount stands in, and what declares the volumes. */
type From = Pick<Deployment, 'root' | 'document'>;

function configuration(item: YamlNode, folder: string): Written | undefined {
  const source = string(item) ?? string(get(item, 'source'));
  if (source === undefined) return undefined;
  const target = knownText(get(item, 'target')) ?? source;
  const path = target.startsWith('/') ? target : folder + target;
  return { source, origin: 'configuration', path, readOnly: true, place: item };
}

/** `source:target:mode`, or a target alone. */
function short(deployment: From, item: YamlNode): Written | undefined {
  const text = string(item);
  if (text === undefined) return undefined;
  const written = parts(text);
  const target = written.length === 1 ? written[0] : written[1];
  const path = target === undefined ? undefined : interpolated(target);
  if (path === undefined || isUnknown(path) || path === '') return undefined;
  const readOnly = written.length > 2 && /(?:^|,)ro(?:,|$)/.test(written[2] ?? '');
  if (written.length === 1) return { source: path, origin: 'scratch', path, readOnly: false, place: item };
  return { ...sourceOf(deployment, written[0] ?? ''), path, readOnly, place: item };
}

/** Cuts at colons that are not inside `${ }` nor after the letter of a Windows drive. */
function parts(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '{') depth++;
    else if (character === '}') depth = Math.max(0, depth - 1);
    else if (character === ':' && depth === 0 && !/^[A-Za-z]$/.test(text.slice(start, at))) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  found.push(text.slice(start));
  return found;
}

function sourceOf(deployment: From, written: string): Pick<Mount, 'source' | 'origin'> {
  const source = interpolated(written);
  if (isUnknown(source)) {
    const before = /^[^$]*/.exec(written)?.[0] ?? '';
    if (/^[/~]/.test(before)) return { source, origin: 'host-path' };
    if (/^\.{1,2}\//.test(before)) return { source, origin: 'repository' };
    return { source, origin: unknown(source.unknown, ['host-path', 'repository', 'named']) };
  }
  return bindOrNamed(deployment, source);
}

function bindOrNamed(deployment: From, source: string): Pick<Mount, 'source' | 'origin'> {
  if (/^(?:[/~]|[A-Za-z]:[\\/])/.test(source)) return { source, origin: 'host-path' };
  if (!source.startsWith('.')) return named(deployment, source);
  const folder = folderOf(deployment.document.path);
  const up = source.split('/').filter((segment) => segment === '..').length;
  // What lies above the root is a path of the machine like any other.
  if (up > folder.split('/').filter((segment) => segment !== '').length) return { source, origin: 'host-path' };
  const path = joinPath(folder, source);
  return { source: path === '' ? '.' : path, origin: 'repository' };
}

function named(deployment: From, source: string): Pick<Mount, 'source' | 'origin'> {
  const definition = get(deployment.root, 'volumes', source);
  if (networkAccess(definition) !== undefined) return { source: volumeName(deployment, source), origin: 'claim' };
  // A local volume that is bound to a folder is that folder.
  const device = knownText(get(definition, 'driver_opts', 'device'));
  const isBind = /\bbind\b/.test(knownText(get(definition, 'driver_opts', 'o')) ?? '');
  if (isBind && device !== undefined)
    return bindOrNamed(deployment, device.startsWith('.') ? device : `/${device.replace(/^\/+/, '')}`);
  return { source, origin: 'named' };
}

function long(deployment: From, item: YamlNode): Written | undefined {
  const path = knownText(get(item, 'target'));
  if (path === undefined) return undefined;
  const type = knownText(get(item, 'type')) ?? 'volume';
  const source = textOf(get(item, 'source'));
  const readOnly = boolean(get(item, 'read_only')) === true;
  const range = pairs(item)[0]?.keyRange ?? item;
  const place = { start: range.start, end: range.end };
  if (type === 'tmpfs' || source === undefined) return { source: path, origin: 'scratch', path, readOnly, place };
  if (isUnknown(source)) {
    const written = string(get(item, 'source')) ?? '';
    return { ...sourceOf(deployment, written), path, readOnly, place };
  }
  if (type === 'cluster') return { source: volumeName(deployment, source), origin: 'claim', path, readOnly, place };
  const isPath = /^[./~]/.test(source);
  const origin = type === 'bind' && !isPath ? bindOrNamed(deployment, `./${source}`) : bindOrNamed(deployment, source);
  return { ...origin, path, readOnly, place };
}
