import { disruptionBudget } from '../../facts/disruption-budget.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pairs, string } from '../../parse/yaml/read.js';
import { objectsOfKinds } from './objects.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const object of objectsOfKinds(document, new Set(['PodDisruptionBudget.policy']))) {
    const selector = selectorOf(get(object.node, 'spec', 'selector'));
    yield state(disruptionBudget, locate(document, object.place), { selector });
  }
}

function selectorOf(node: YamlNode | undefined): Maybe<readonly string[]> {
  const labels = pairs(get(node, 'matchLabels')).map(({ key, value }) => `${key}=${string(value) ?? ''}`);
  for (const expression of items(get(node, 'matchExpressions'))) {
    const key = string(get(expression, 'key')) ?? '';
    const values = items(get(expression, 'values'));
    const [only] = values;
    if (string(get(expression, 'operator')) !== 'In' || values.length !== 1)
      return unknown('it selects by expressions');
    labels.push(`${key}=${string(only) ?? ''}`);
  }
  return labels;
}
