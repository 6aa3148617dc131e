import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { objectsOf, rendered, type KubernetesObject } from './objects.js';
import { podOwnersOf, variablesOf, type Container, type PodOwner } from './pods.js';

/** What containers set themselves, and what ConfigMaps and Secrets hold. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const owner of podOwnersOf(document)) {
    for (const container of owner.containers) yield* ownVariables(document, owner, container);
  }
  for (const object of objectsOf(document)) {
    if (object.group !== '') continue;
    if (object.kind === 'ConfigMap') yield* configMap(document, object);
    if (object.kind === 'Secret') yield* secret(document, object);
  }
}

function* ownVariables(document: Document<YamlTree>, owner: PodOwner, container: Container): Generator<Stated> {
  const set = variablesOf(document, owner, container);
  const before = new Map<string, Maybe<string>>();
  for (const entry of items(get(container.node, 'env'))) {
    const name = string(get(entry, 'name'));
    if (name === undefined) continue;
    const from = pair(entry, 'valueFrom');
    const written = string(get(entry, 'value')) ?? '';
    const stated = from === undefined ? { value: dependent(rendered(written), before) } : referred(from.value, owner);
    before.set(name, stated.value);
    yield state(environmentVariable, locate(document, placeOfEntry(entry)), { set, name, ...stated });
  }
}

function placeOfEntry(entry: YamlNode): Range {
  const found = pair(entry, 'value') ?? pair(entry, 'name');
  return found === undefined ? entry : place(found);
}

/** `$(NAME)` takes the value of a variable before it; of one that is not there it stays as it is written. */
function dependent(value: Maybe<string>, before: ReadonlyMap<string, Maybe<string>>): Maybe<string> {
  if (isUnknown(value) || !value.includes('$(')) return value;
  let missing: string | undefined;
  const text = value.replace(/\$?\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name: string) => {
    if (whole.startsWith('$$')) return whole.slice(1);
    const found = before.get(name);
    if (found === undefined) return whole;
    if (!isUnknown(found)) return found;
    missing ??= name;
    return '';
  });
  if (missing === undefined) return text;
  const reason = `depends on ${missing}, whose value is not in the file`;
  return isUrl(text) ? unknown(reason, [text]) : unknown(reason);
}

function referred(source: YamlNode, owner: PodOwner): { value: Maybe<string>; reference?: string } {
  const { namespace } = owner.object;
  for (const [key, kind, words] of [
    ['configMapKeyRef', 'config-map', 'ConfigMap'],
    ['secretKeyRef', 'secret', 'Secret'],
  ] as const) {
    const name = string(get(source, key, 'name'));
    const entry = string(get(source, key, 'key'));
    if (name === undefined || entry === undefined) continue;
    return {
      value: unknown(`the value of ${entry} in the ${words} ${name}`),
      reference: `${kind}:${namespace}/${name}#${entry}`,
    };
  }
  const field = string(get(source, 'fieldRef', 'fieldPath')) ?? string(get(source, 'resourceFieldRef', 'resource'));
  return { value: unknown(field === undefined ? 'taken from elsewhere' : `${field} of the running container`) };
}

function* configMap(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const set = `config-map:${object.namespace}/${object.name}`;
  for (const { key, keyRange, value } of pairs(get(object.node, 'data'))) {
    const written = string(value) ?? '';
    // A file, not a variable.
    if (written.includes('\n') && !/^[A-Za-z_]\w*$/.test(key)) continue;
    const location = locate(document, written === '' || written.includes('\n') ? keyRange : value);
    yield state(environmentVariable, location, { set, name: key, value: rendered(written) });
  }
  for (const { key, keyRange } of pairs(get(object.node, 'binaryData'))) {
    yield state(environmentVariable, locate(document, keyRange), { set, name: key, value: unknown('binary data') });
  }
}

/** Switches are no secret, whoever keeps them among secrets. */
const SWITCH = /^(?:true|false|yes|no|on|off|0|1)$/i;

/** What a Secret holds is never repeated; only switches are kept, and the scheme of a URL, which tells what kind of server it names. */
function* secret(document: Document<YamlTree>, object: KubernetesObject): Generator<Stated> {
  const set = `secret:${object.namespace}/${object.name}`;
  for (const field of ['data', 'stringData']) {
    for (const { key, keyRange, value } of pairs(get(object.node, field))) {
      const written = string(value) ?? '';
      const plain = field === 'data' ? Buffer.from(written.slice(0, 4_000), 'base64').toString('latin1') : written;
      const scheme = /^([a-z][a-z0-9+.-]{1,30}:\/\/)/i.exec(plain)?.[1];
      const reason = `kept in the Secret ${object.name}, whose contents are not repeated`;
      if (SWITCH.test(plain)) {
        yield state(environmentVariable, locate(document, keyRange), { set, name: key, value: plain });
        continue;
      }
      const hidden = scheme === undefined ? unknown(reason) : unknown(reason, [scheme]);
      yield state(environmentVariable, locate(document, keyRange), { set, name: key, value: hidden });
    }
  }
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}
