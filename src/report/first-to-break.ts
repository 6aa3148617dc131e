import { isUnknown, type Location } from '../location.js';
import { standingOf } from '../model/journey/standing-of.js';
import type { Component, Headroom, Model } from '../model/model.js';
import { nearestLimits } from './nearest-limits.js';

/** Something that is met on the way from one instance to many. */
export interface FirstToBreak {
  /** The number of instances at which it breaks; `today` where that many run. */
  readonly at: number | 'today';
  readonly components: readonly string[];
  readonly what: string;
  readonly location: Location;
}

/** What today's size breaks, what a second instance would, and which limits follow at which size: the nearest first. */
export function firstToBreak({ components, headroom }: Model): FirstToBreak[] {
  const found = [
    ...components.flatMap((component) => [...stateOf(component), ...volumesOf(component)]),
    ...nearestLimits(headroom, components).map((limit) => limitOf(limit, components)),
  ];
  const told = new Map<string, FirstToBreak>();
  for (const one of found) {
    const key = `${one.at} ${one.what}`;
    const before = told.get(key);
    if (before === undefined) told.set(key, one);
    else told.set(key, { ...before, components: [...new Set([...before.components, ...one.components])] });
  }
  return [...told.values()].sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf({ at }: FirstToBreak): number {
  return at === 'today' ? 0 : at;
}

/** The narrowest state, which is what sets the ceiling. */
function stateOf({ name, directory, properties }: Component): FirstToBreak[] {
  const standing = standingOf(properties);
  const [first] = properties.ceiling.evidence;
  if (directory === null || first === undefined || (standing !== 'broken' && standing !== 'blocking')) return [];
  return [
    { at: standing === 'broken' ? 'today' : 2, components: [name], what: first.message, location: first.location },
  ];
}

function volumesOf({ name, subjects }: Component): FirstToBreak[] {
  return subjects.flatMap(({ fact, derived }): FirstToBreak[] => {
    const standing = derived.volumeStanding?.value;
    if (standing !== 'broken' && standing !== 'blocking') return [];
    const { source } = fact.properties;
    const what = `the volume ${typeof source === 'string' ? source : ''} forbids a second node`;
    return [{ at: standing === 'broken' ? 'today' : 2, components: [name], what, location: fact.location }];
  });
}

function limitOf({ limit, component, instances, locations }: Headroom, components: readonly Component[]): FirstToBreak {
  const now = components.find(({ name }) => name === component);
  const today = now?.properties.instances.value;
  const isOver = today !== undefined && !isUnknown(today) && today > instances;
  const location = locations[0]?.location ?? now?.location;
  if (location === undefined) throw new Error(`the limit ${limit} stands nowhere`);
  return { at: isOver ? 'today' : instances + 1, components: [component], what: `${limit} run out`, location };
}
