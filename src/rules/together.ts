import { createHash } from 'node:crypto';
import { groupBy } from '../group-by.js';
import { compareLocations } from '../location.js';
import type { Result } from './result.js';
import type { Rule } from './rule.js';

/** So many steps are read. */
const STEPS = 6;

/**
 * Of rules that say so, failures of one component that stand in one file and have the same help are one result at the first of
 * their places: one change mends them all. So are those that agree in what the rule names, the function for instance that they
 * stand in: whoever opens it looks at all of it. What is little by itself is told once for a component. Comes after
 * suppression, so that each place can be silenced for itself. The fingerprint is made of all, so that a place more is something
 * new.
 */
export function toldTogether(results: readonly Result[], rules: readonly Rule[]): Result[] {
  const together = new Set(rules.filter((rule) => rule.together !== undefined).map(({ id }) => id));
  const ofComponent = new Set(rules.filter((rule) => rule.together === 'component').map(({ id }) => id));
  const keyOf = (result: Result, by: unknown): unknown => {
    const { kind, ruleId, component, level, location } = result;
    if (kind !== 'fail' || !together.has(ruleId)) return result;
    if (ofComponent.has(ruleId)) return JSON.stringify([ruleId, component, level]);
    return by === undefined ? result : JSON.stringify([ruleId, component, level, location.uri, by]);
  };
  const alike = [...groupBy(results, (result) => keyOf(result, result.help)).values()];
  const groups = groupBy(alike, ([first]) => keyOf(first, first.unit));
  return [...groups.values()]
    .map(([[first, ...more], ...others]) => merged([first, ...more, ...others.flat()]))
    .sort((a, b) => compareLocations(a.location, b.location));
}

function isOneFile([first, ...rest]: readonly [Result, ...Result[]]): boolean {
  return rest.every(({ location }) => location.uri === first.location.uri);
}

function merged(group: readonly [Result, ...Result[]]): Result {
  const [first, ...rest] = group;
  if (rest.length === 0) return first;
  const more = rest.map(({ message, location }) => ({ message, location }));
  return {
    ...first,
    message: `${first.message} The same holds in ${rest.length === 1 ? 'one more place' : `${rest.length} more places`}${isOneFile(group) ? ' of this file' : ''}.`,
    relatedLocations: [...first.relatedLocations, ...more],
    help: [...new Set(group.map(({ help }) => help[0] ?? '')), ...first.help.slice(1)].slice(0, STEPS),
    alsoIn: [...new Set(group.flatMap(({ alsoIn }) => alsoIn))].sort(),
    fingerprint: createHash('sha256')
      .update(
        group
          .map(({ fingerprint }) => fingerprint)
          .sort()
          .join('\n'),
      )
      .digest('hex')
      .slice(0, 32),
  };
}
