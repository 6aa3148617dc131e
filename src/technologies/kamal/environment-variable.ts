import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pairs, place, string } from '../../parse/yaml/read.js';
import { deploymentOf, variablesOf } from './deployment.js';

/** https://kamal-deploy.org/docs/configuration/environment-variables/ */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const deployment = deploymentOf(document);
  if (deployment === undefined) return;
  yield* variables(document, get(deployment.root, 'env'), variablesOf(document));
  for (const { name, node } of deployment.roles) {
    if (isMap(node)) yield* variables(document, get(node, 'env'), variablesOf(document, name));
  }
}

function* variables(document: Document, env: YamlNode | undefined, set: string): Generator<Stated> {
  const isSorted = get(env, 'clear') !== undefined || get(env, 'secret') !== undefined;
  for (const one of pairs(isSorted ? get(env, 'clear') : env)) {
    const text = string(one.value);
    yield state(environmentVariable, locate(document, place(one)), {
      set,
      name: one.key,
      value: text === undefined || text.includes('<%') ? unknown('filled in when it is deployed') : text,
    });
  }
  for (const one of items(get(env, 'secret'))) {
    // `NAME:OTHER` takes the secret OTHER as NAME.
    const name = string(one)?.split(':')[0];
    if (name === undefined || name === '') continue;
    yield state(environmentVariable, locate(document, one), {
      set,
      name,
      value: unknown('a secret of the deployment'),
    });
  }
}
