import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, pairs, place, string } from '../../parse/yaml/read.js';
import { addressOf } from '../managed-server.js';
import { addOnsOf } from './addons.js';
import { environmentSet } from './environment-set.js';

/** `env` of `app.json`, `setup` of `heroku.yml`: what the platform sets when the application is created from the repository. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (document.language !== 'yaml') return;
  // The language decides the shape of the tree.
  const described = document as Document<YamlTree>;
  const [root] = described.tree.documents;
  const set = document.path.endsWith('app.json') ? environmentSet(document) : `platform:${document.path}`;
  for (const { node, variable, scheme, name } of addOnsOf(described))
    yield state(environmentVariable, locate(document, node), {
      set,
      name: variable,
      value: addressOf(scheme, name, 'database'),
    });
  for (const found of [...pairs(get(root, 'env')), ...pairs(get(root, 'setup', 'config'))]) {
    yield state(environmentVariable, locate(document, place(found)), {
      set,
      name: found.key,
      value: valueOf(found.value),
    });
  }
}

function valueOf(node: YamlNode): Maybe<string> {
  const value = string(node) ?? string(get(node, 'value'));
  if (value !== undefined) return value;
  return unknown(
    string(get(node, 'generator')) === 'secret'
      ? 'made up when the application is created'
      : 'asked for when the application is created',
  );
}
