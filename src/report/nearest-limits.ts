import type { Component, Headroom } from '../model/model.js';

/**
 * A limit that is exceeded today is so for everybody who takes of it: it is told once, for who takes most. The sum names the
 * others.
 */
export function nearestLimits(headroom: readonly Headroom[], components: readonly Component[]): readonly Headroom[] {
  const isOver = ({ component, instances }: Headroom): boolean => {
    const today = components.find(({ name }) => name === component)?.properties.instances.value;
    return typeof today === 'number' && today > instances;
  };
  const told = new Map<string, Headroom>();
  for (const one of headroom.filter(isOver)) {
    const before = told.get(one.limit);
    if (before === undefined || (one.taken ?? 0) > (before.taken ?? 0)) told.set(one.limit, one);
  }
  return headroom.filter((one) => (told.get(one.limit) ?? one) === one);
}
