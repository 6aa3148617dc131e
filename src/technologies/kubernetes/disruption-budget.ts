import { disruptionBudget } from '../../facts/disruption-budget.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { deploys } from '../deploys.js';
import { objectsOfKinds } from './objects.js';

/** The location is the number, where one is given. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const object of objectsOfKinds(document, new Set(['PodDisruptionBudget.policy']))) {
    const spec = get(object.node, 'spec');
    // No selector selects nothing, an empty one everything: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
    if (!isMap(get(spec, 'selector'))) continue;
    const number = pair(spec, 'minAvailable') ?? pair(spec, 'maxUnavailable');
    const kept = amount(string(get(spec, 'minAvailable')));
    const spared = amount(string(get(spec, 'maxUnavailable')));
    yield state(disruptionBudget, locate(document, number === undefined ? object.place : place(number)), {
      selector: selectorOf(get(spec, 'selector')),
      keeps: kept.number,
      keepsPercent: kept.percent,
      spares: spared.number,
      sparesPercent: spared.percent,
    });
  }
}

/** A number of instances, or a share of them. */
function amount(text: string | undefined): { number?: Maybe<number>; percent?: number } {
  if (text === undefined) return {};
  const match = /^(\d{1,6})(%?)$/.exec(text);
  if (match === null) return { number: unknown(`not a number here: ${text.slice(0, 80)}`) };
  return match[2] === '%' ? { percent: Number(match[1]) } : { number: Number(match[1]) };
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
