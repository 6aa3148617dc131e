import type { Evidence } from '../location.js';
import { groupBy } from '../group-by.js';
import { count } from './count.js';

/** Evidence in the order given; what is said of several places is told at the first one, and the others are counted. */
export function toldOnce(evidence: readonly Evidence[]): Evidence[] {
  return [...groupBy(evidence, ({ message }) => message).values()].map((same) => {
    const [first] = same;
    const places = new Set(same.map(({ location: { uri, region } }) => `${uri}:${region.startLine}`));
    return places.size === 1
      ? first
      : { ...first, message: `${first.message}, here and in ${count(places.size - 1, 'more place')}` };
  });
}
