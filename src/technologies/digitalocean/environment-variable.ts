import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, place, string } from '../../parse/yaml/read.js';
import { addressOf } from '../managed-server.js';
import { appOf, sharedOf, variablesOf, type App } from './app.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const app = appOf(document);
  if (app === undefined) return;
  yield* variables(document, app, app.node, sharedOf(document));
  for (const { name, node } of app.components) yield* variables(document, app, node, variablesOf(document, name));
}

function* variables(document: Document, app: App, holder: YamlNode, set: string): Generator<Stated> {
  for (const entry of items(get(holder, 'envs'))) {
    const key = pair(entry, 'key');
    const name = string(key?.value);
    if (key === undefined || name === undefined || string(get(entry, 'scope')) === 'BUILD_TIME') continue;
    const written = pair(entry, 'value');
    yield state(environmentVariable, locate(document, place(written ?? key)), {
      set,
      name,
      value: valueOf(app, entry),
    });
  }
}

const SCHEMES: Readonly<Partial<Record<string, string>>> = {
  PG: 'postgresql',
  MYSQL: 'mysql',
  REDIS: 'rediss',
  VALKEY: 'rediss',
  MONGODB: 'mongodb+srv',
};

/** https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/#using-bindable-variables-within-environment-variables */
function valueOf(app: App, entry: YamlNode): Maybe<string> {
  const written = string(get(entry, 'value'));
  if (string(get(entry, 'type')) === 'SECRET') return unknown('a secret, which the repository holds encrypted at most');
  if (written === undefined) return unknown('asked for when the app is created');
  if (!written.includes('${')) return written;
  const [, name = '', property = ''] = /^\$\{([\w-]+)\.(\w+)\}$/.exec(written) ?? [];
  const database = app.components.find((one) => one.kind === 'databases' && one.name === name);
  if (database !== undefined) {
    const engine = string(get(database.node, 'engine')) ?? 'PG';
    const scheme = Object.hasOwn(SCHEMES, engine) ? SCHEMES[engine] : undefined;
    if (property === 'DATABASE_URL' && scheme !== undefined)
      return addressOf(scheme, name, string(get(database.node, 'db_name')) ?? name);
    if (property === 'HOSTNAME') return name;
  }
  return unknown(`${written.slice(0, 80)} is filled in by the platform`);
}
