import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { place } from '../../parse/yaml/read.js';
import { optionsOf, textOf, variablesOf } from './options.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const { namespace, name, pair } of optionsOf(document)) {
    if (namespace !== 'aws:elasticbeanstalk:application:environment') continue;
    const text = textOf(pair.value);
    yield state(environmentVariable, locate(document, place(pair)), {
      set: variablesOf(document),
      name,
      // `{"Ref": ...}` in backquotes is filled in by CloudFormation.
      value:
        text === undefined || text.startsWith('`') ? unknown('it is filled in when the environment is made') : text,
    });
  }
}
