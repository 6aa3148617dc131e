import type { Location } from '../../location.js';
import type { Journey, Station } from '../../model/model.js';
import type { Result } from '../../rules/result.js';
import type { Group } from '../ranking.js';

/** The results that belong to each station: at the places it is configured, and for a component all of its own. */
export function resultsAtStations(
  { stations }: Journey,
  groups: readonly Group[],
): ReadonlyMap<string, readonly Result[]> {
  const results = groups.flatMap((group) => group.results);
  return new Map(stations.map((station) => [station.id, results.filter((result) => belongs(result, station))]));
}

function belongs(result: Result, { kind, components, details }: Station): boolean {
  const concerned = [result.component, ...result.alsoIn].some((name) => components.includes(name));
  if (kind === 'component') return concerned;
  return concerned && details.some(({ location }) => isSameLine(location, result.location));
}

function isSameLine(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.region.startLine === b.region.startLine;
}
