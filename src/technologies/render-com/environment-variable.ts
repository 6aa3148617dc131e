import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { boolean, get, items, pair, place, string } from '../../parse/yaml/read.js';
import { addressOf } from '../managed-server.js';
import { blueprintOf, groupOf, variablesOf } from './blueprint.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const { services, groups } = blueprintOf(document);
  for (const { name, node } of services) yield* variables(document, node, variablesOf(document, name));
  for (const { name, node } of groups) yield* variables(document, node, groupOf(document, name));
}

function* variables(document: Document, holder: YamlNode, set: string): Generator<Stated> {
  for (const entry of items(get(holder, 'envVars'))) {
    const key = pair(entry, 'key');
    const name = string(key?.value);
    if (key === undefined || name === undefined) continue;
    const written = pair(entry, 'value');
    const service = string(get(entry, 'fromService', 'name'));
    const other = string(get(entry, 'fromService', 'envVarKey'));
    const reference =
      service === undefined || other === undefined ? {} : { reference: `${variablesOf(document, service)}#${other}` };
    yield state(environmentVariable, locate(document, place(written ?? key)), {
      set,
      name,
      value: valueOf(entry),
      ...reference,
    });
  }
}

function valueOf(entry: YamlNode): Maybe<string> {
  const written = string(get(entry, 'value'));
  if (written !== undefined) return written;
  const database = get(entry, 'fromDatabase');
  const name = string(get(database, 'name'));
  if (name !== undefined) return ofDatabase(name, string(get(database, 'property')) ?? '');
  const service = get(entry, 'fromService');
  const other = string(get(service, 'name'));
  if (other !== undefined) return ofService(other, service);
  if (boolean(get(entry, 'generateValue')) === true) return unknown('made up when the service is created');
  return unknown('asked for when the service is created');
}

/** https://render.com/docs/blueprint-spec#environment-variables; a database is reached by its name within the network. */
function ofDatabase(name: string, property: string): Maybe<string> {
  if (property === 'connectionString') return addressOf('postgresql', name, name);
  if (property === 'host') return name;
  if (property === 'port') return '5432';
  return unknown(`the ${property} of ${name}, which the platform fills in`);
}

function ofService(name: string, service: YamlNode | undefined): Maybe<string> {
  const property = string(get(service, 'property'));
  if (property === 'host') return name;
  if (property === 'connectionString') return addressOf('redis', `${name}:6379`, '0');
  if (property === 'hostport') return unknown(`the address of ${name}, which the platform fills in`, [`${name}:10000`]);
  return unknown(`read of ${name}, when the platform deploys it`);
}
