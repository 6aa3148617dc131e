import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pairs, place, string } from '../../parse/yaml/read.js';
import { functionsOf, variablesOf } from './functions.js';

/** `env`; a value with `@` before it names a secret. https://vercel.com/docs/environment-variables/system-environment-variables */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const [first] = functionsOf(document);
  if (first === undefined) return;
  const set = variablesOf(document);
  for (const one of pairs(get(document.tree.documents[0], 'env'))) {
    const text = string(one.value);
    yield state(environmentVariable, locate(document, place(one)), {
      set,
      name: one.key,
      value: text === undefined || text.startsWith('@') ? unknown('a secret of the platform') : text,
    });
  }
  for (const [name, value] of Object.entries({ VERCEL: '1', VERCEL_ENV: 'production', NODE_ENV: 'production' }))
    yield state(environmentVariable, locate(document, place(first.place)), { set, name, value });
}
