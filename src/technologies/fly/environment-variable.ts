import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import { get, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { appOf, variablesOf } from './app.js';

export function* fromDocument(document: Document<TomlTree>): Generator<Stated> {
  const app = appOf(document);
  if (app === undefined) return;
  const set = variablesOf(document);
  for (const one of pairs(get(app.root, 'env')))
    yield state(environmentVariable, locate(document, place(one)), {
      set,
      name: one.key,
      value: string(one.value) ?? unknown('it is no text'),
    });
  // What the platform sets itself, where the file decides it: https://fly.io/docs/machines/runtime-environment/
  const region = pair(app.root, 'primary_region');
  const name = string(region?.value);
  if (region !== undefined && name !== undefined)
    yield state(environmentVariable, locate(document, place(region)), { set, name: 'PRIMARY_REGION', value: name });
}
