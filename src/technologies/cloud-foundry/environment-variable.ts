import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { applicationsOf, filledIn, variablesOf } from './manifest.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const application of applicationsOf(document)) {
    const set = variablesOf(document, application);
    const own = pairs(get(application.node, 'env'));
    for (const one of own) {
      const text = string(one.value);
      yield state(environmentVariable, locate(document, place(one)), {
        set,
        name: one.key,
        value: text === undefined ? unknown('it is no text') : filledIn(text),
      });
    }
    const bound = pair(application.node, 'services');
    if (bound === undefined || items(bound.value).length === 0) continue;
    // https://docs.cloudfoundry.org/devguide/deploy-apps/environment-variable.html: the platform tells by these what is bound.
    for (const name of ['VCAP_SERVICES', 'DATABASE_URL']) {
      if (own.some(({ key }) => key === name)) continue;
      yield state(environmentVariable, locate(document, place(bound)), {
        set,
        name,
        value: unknown('what the services say that are bound to the application'),
      });
    }
  }
}
