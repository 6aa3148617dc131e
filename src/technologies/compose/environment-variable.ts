import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { deploymentOf } from './services.js';
import { variablesOf } from './units.js';
import { variables } from './variables.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const deployment = deploymentOf(document);
  for (const service of deployment?.services ?? []) {
    if (deployment === undefined) return;
    const set = variablesOf(deployment, service);
    for (const { name, value, from, place } of variables(service)) {
      // Compose takes its own variables from a `.env` beside the file, where there is one.
      const reference = `file:${joinPath(folderOf(document.path), '.env')}#${from ?? ''}`;
      const stated = from === undefined ? { set, name, value } : { set, name, value, reference };
      yield state(environmentVariable, locate(document, place), stated);
    }
  }
}
