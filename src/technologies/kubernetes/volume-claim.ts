import { state, type Stated } from '../../facts/fact.js';
import { volumeClaim } from '../../facts/volume-claim.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { claimOfTemplate } from './claims.js';
import { objectsOfKinds } from './objects.js';
import { podOwnersOf } from './pods.js';

type Access = 'one-node' | 'one-instance' | 'many-nodes' | 'many-nodes-read-only';

/** Widest first: a claim may be mounted in any of the ways it lists. */
const MODES: readonly (readonly [string, Access])[] = [
  ['ReadWriteMany', 'many-nodes'],
  ['ReadOnlyMany', 'many-nodes-read-only'],
  ['ReadWriteOnce', 'one-node'],
  ['ReadWriteOncePod', 'one-instance'],
];

const INLINE: Readonly<Record<string, Access>> = {
  nfs: 'many-nodes',
  cephfs: 'many-nodes',
  glusterfs: 'many-nodes',
  quobyte: 'many-nodes',
  azureFile: 'many-nodes',
  awsElasticBlockStore: 'one-node',
  gcePersistentDisk: 'one-node',
  azureDisk: 'one-node',
  cinder: 'one-node',
  rbd: 'one-node',
  iscsi: 'one-node',
  fc: 'one-node',
  vsphereVolume: 'one-node',
};

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const object of objectsOfKinds(document, new Set(['PersistentVolumeClaim']))) {
    const access = accessOf(get(object.node, 'spec'), object.place);
    const name = `${object.namespace}/${object.name}`;
    yield state(volumeClaim, locate(document, access.place), { name, access: access.value });
  }
  for (const owner of podOwnersOf(document)) {
    const { namespace, name, node } = owner.object;
    for (const template of items(get(node, 'spec', 'volumeClaimTemplates'))) {
      const named = pair(get(template, 'metadata'), 'name');
      const claim = string(named?.value);
      if (named === undefined || claim === undefined) continue;
      const access = accessOf(get(template, 'spec'), place(named));
      const properties = { name: claimOfTemplate(namespace, name, claim), access: access.value };
      yield state(volumeClaim, locate(document, access.place), properties);
    }
    for (const entry of items(get(owner.spec, 'volumes'))) {
      const inline = pairs(entry).find(({ key }) => Object.hasOwn(INLINE, key));
      const access = inline === undefined ? undefined : INLINE[inline.key];
      if (inline === undefined || access === undefined) continue;
      const source = `${owner.unit}/${string(get(entry, 'name')) ?? ''}`;
      yield state(volumeClaim, locate(document, inline.keyRange), { name: source, access });
    }
  }
}

function accessOf(spec: YamlNode | undefined, otherwise: Range): { value: Maybe<Access>; place: Range } {
  const modes = items(get(spec, 'accessModes'));
  for (const [mode, access] of MODES) {
    const found = modes.find((node) => string(node) === mode);
    if (found !== undefined) return { value: access, place: found };
  }
  return { value: unknown('no mode of access is given'), place: modes[0] ?? otherwise };
}
