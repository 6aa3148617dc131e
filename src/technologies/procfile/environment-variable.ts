import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, pairs, place, string } from '../../parse/yaml/read.js';
import { environmentSet } from './environment-set.js';

/** `env` of `app.json`: what the platform sets when the application is created from the repository. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (document.language !== 'yaml') return;
  // The language decides the shape of the tree.
  const [root] = (document as Document<YamlTree>).tree.documents;
  for (const found of pairs(get(root, 'env'))) {
    const set = environmentSet(document);
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
