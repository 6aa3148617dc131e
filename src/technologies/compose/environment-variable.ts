import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { deploymentsOf, type Deployment } from './services.js';
import { variablesOf } from './units.js';
import { variables } from './variables.js';

export function* fromDocuments(documents: readonly Document<YamlTree>[]): Generator<Stated> {
  for (const deployment of deploymentsOf(documents)) yield* variablesIn(deployment);
}

function* variablesIn(deployment: Deployment): Generator<Stated> {
  for (const service of deployment.services) {
    const set = variablesOf(deployment, service);
    for (const { name, value, from, place, document } of variables(service)) {
      // Compose takes its own variables from a `.env` beside the file, where there is one.
      const reference = `file:${joinPath(folderOf(deployment.document.path), '.env')}#${from ?? ''}`;
      const stated = from === undefined ? { set, name, value } : { set, name, value, reference };
      yield state(environmentVariable, locate(document, place), stated);
    }
  }
}
