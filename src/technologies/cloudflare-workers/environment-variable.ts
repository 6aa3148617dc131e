import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pairs, place, string } from '../../parse/yaml/read.js';
import { variablesOf, workerOf } from './worker.js';

/** `vars`, which an environment does not inherit. */
export function* fromDocument(document: Document<TomlTree | YamlTree>): Generator<Stated> {
  const worker = workerOf(document);
  if (worker === undefined) return;
  for (const one of pairs(get(worker.environment ?? worker.root, 'vars')))
    yield state(environmentVariable, locate(document, place(one)), {
      set: variablesOf(document),
      name: one.key,
      value: string(one.value) ?? unknown('it is no text'),
    });
}
