import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { boolean, get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { claimOfTemplate } from './claims.js';
import { podOwnersOf, type PodOwner } from './pods.js';

type Origin = 'claim' | 'claim-per-instance' | 'host-path' | 'configuration' | 'scratch';

interface Source {
  readonly source: Maybe<string>;
  readonly origin: Maybe<Origin>;
  readonly readOnly: boolean;
  readonly place: Range;
}

/** One fact for each place where a container mounts something; its location is where the volume is defined. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const owner of podOwnersOf(document)) {
    const sources = sourcesOf(owner);
    for (const container of owner.containers) {
      for (const mount of items(get(container.node, 'volumeMounts'))) {
        const source = sources.get(string(get(mount, 'name')) ?? '');
        const path = pair(mount, 'mountPath');
        const written = string(path?.value);
        if (source === undefined || path === undefined || written === undefined) continue;
        yield state(
          volume,
          locate(document, source.place),
          {
            unit: owner.unit,
            container: container.name,
            source: source.source,
            origin: source.origin,
            path: written,
            readOnly: source.readOnly || boolean(get(mount, 'readOnly')) === true,
          },
          [{ message: 'it is mounted here', location: locate(document, place(path)) }],
        );
      }
    }
  }
}

function sourcesOf(owner: PodOwner): ReadonlyMap<string, Source> {
  const { namespace, name, node } = owner.object;
  const found = new Map<string, Source>();
  for (const template of items(get(node, 'spec', 'volumeClaimTemplates'))) {
    const named = pair(get(template, 'metadata'), 'name');
    const claim = string(named?.value);
    if (named === undefined || claim === undefined) continue;
    const source = claimOfTemplate(namespace, name, claim);
    found.set(claim, { source, origin: 'claim-per-instance', readOnly: false, place: place(named) });
  }
  for (const entry of items(get(owner.spec, 'volumes'))) {
    const named = string(get(entry, 'name'));
    if (named !== undefined && !found.has(named)) found.set(named, sourceOf(owner, entry, named));
  }
  return found;
}

const CONFIGURATION = new Set(['configMap', 'secret', 'projected', 'downwardAPI', 'image']);
/** Servers that every node reaches. */
const SHARED = new Set(['nfs', 'cephfs', 'glusterfs', 'azureFile', 'quobyte']);

function sourceOf(owner: PodOwner, entry: YamlNode, name: string): Source {
  const own = pair(entry, 'name');
  const type = pairs(entry).find(({ key }) => key !== 'name');
  const here = own === undefined ? entry : place(own);
  const { namespace } = owner.object;
  if (type === undefined || type.key === 'emptyDir') {
    return { source: name, origin: 'scratch', readOnly: false, place: here };
  }
  const { key, value } = type;
  const named = (child: string): { text: string | undefined; place: Range } => {
    const found = pair(value, child);
    return { text: string(found?.value), place: found === undefined ? here : place(found) };
  };
  if (key === 'persistentVolumeClaim') {
    const claim = named('claimName');
    const source = claim.text === undefined ? unknown('the claim is not named') : `${namespace}/${claim.text}`;
    return { source, origin: 'claim', readOnly: boolean(get(value, 'readOnly')) === true, place: claim.place };
  }
  if (key === 'hostPath') {
    const path = named('path');
    return {
      source: path.text ?? unknown('the path is not given'),
      origin: 'host-path',
      readOnly: false,
      place: path.place,
    };
  }
  if (CONFIGURATION.has(key)) {
    const file = key === 'secret' ? named('secretName') : named('name');
    return {
      source: file.text ?? name,
      origin: 'configuration',
      readOnly: true,
      place: file.text === undefined ? here : file.place,
    };
  }
  if (key === 'ephemeral') return { source: name, origin: 'claim-per-instance', readOnly: false, place: here };
  if (key === 'csi') {
    const driver = string(get(value, 'driver')) ?? '';
    const secrets = /secrets|spiffe|cert-manager/.test(driver);
    const origin = secrets ? 'configuration' : unknown<Origin>(`what the driver ${driver} keeps is not told here`);
    return { source: name, origin, readOnly: secrets || boolean(get(value, 'readOnly')) === true, place: here };
  }
  // Disks and file servers of the cloud, named without a claim: the claims of this file tell who may mount them.
  const shared = SHARED.has(key);
  return {
    source: `${owner.unit}/${name}`,
    origin: 'claim',
    readOnly: boolean(get(value, 'readOnly')) === true,
    place: shared ? named('server').place : here,
  };
}
