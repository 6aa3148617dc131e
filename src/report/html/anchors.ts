import type { Station } from '../../model/model.js';
import type { Result } from '../../rules/result.js';
import type { Audit } from '../report.js';
import type { Group } from '../ranking.js';

/** The places inside the page that links lead to. */
export interface Anchors {
  ofResult(result: Result): string;
  ofGroup(group: Group): string;
  ofComponent(name: string): string | undefined;
  ofStation(station: Pick<Station, 'id'>): string;
}

export function anchorsOf({ model, evaluation }: Audit, groups: readonly Group[]): Anchors {
  const taken = new Set<string>();
  const unique = (wanted: string): string => {
    const plain = wanted.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    let id = plain;
    for (let i = 2; taken.has(id); i++) id = `${plain}-${i}`;
    taken.add(id);
    return id;
  };
  // The fingerprint survives moved lines, so a link into one report finds the same result in the next.
  const results = new Map(
    [...evaluation.results, ...evaluation.suppressed].map((one) => [one, unique(`result-${one.fingerprint}`)]),
  );
  const rules = new Map(groups.map((group) => [`${group.level} ${group.ruleId}`, unique(`rule-${group.ruleId}`)]));
  const components = new Map(model.components.map(({ name }) => [name, unique(`component-${name.slice(0, 60)}`)]));
  const stations = new Map(model.journey.stations.map(({ id }) => [id, unique(`way-${id.slice(0, 60)}`)]));
  const found = (anchor: string | undefined): string => anchor ?? 'top';
  return {
    ofResult: (result) => found(results.get(result)),
    ofGroup: (group) => found(rules.get(`${group.level} ${group.ruleId}`)),
    ofComponent: (name) => components.get(name),
    ofStation: ({ id }) => found(stations.get(id)),
  };
}
