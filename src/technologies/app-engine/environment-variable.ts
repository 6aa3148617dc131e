import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { serviceOf, variablesOf } from './service.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const service = serviceOf(document);
  if (service === undefined) return;
  const set = variablesOf(document, service);
  for (const one of pairs(get(service.root, 'env_variables')))
    yield state(environmentVariable, locate(document, place(one)), { set, name: one.key, value: valueOf(one.value) });
  const runtime = pair(service.root, 'runtime');
  // What the platform sets itself: https://cloud.google.com/appengine/docs/standard/python3/runtime#environment_variables
  if (runtime === undefined) return;
  const location = locate(document, place(runtime));
  yield state(environmentVariable, location, {
    set,
    name: 'GAE_APPLICATION',
    value: unknown('the name of the project, which the platform fills in', ['s~project']),
  });
  if (service.runtime.startsWith('nodejs'))
    yield state(environmentVariable, location, { set, name: 'NODE_ENV', value: 'production' });
}

/** `${DATABASE_URL}` and `<your secret>` are filled in before it is deployed. */
function valueOf(node: YamlNode): Maybe<string> {
  const text = string(node);
  if (text === undefined) return unknown('nothing is written here');
  return /\$\{?\w|^<.*>$|^\{\{|^_\w+$/.test(text)
    ? unknown(`${text.slice(0, 60)} is filled in before it is deployed`)
    : text;
}
