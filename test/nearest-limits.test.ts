import { describe, expect, it } from 'vitest';
import { derived } from '../src/model/derivation.js';
import type { Component, Headroom } from '../src/model/model.js';
import { nearestLimits } from '../src/report/nearest-limits.js';
import { component } from './sample-audit.js';

const one = (limit: string, name: string, instances: number, taken: number): Headroom => ({
  limit,
  component: name,
  instances,
  taken,
  arithmetic: '',
  locations: [],
});

const running = (name: string, instances: number): Component => {
  const like = component(name, 'web');
  return { ...like, properties: { ...like.properties, instances: derived(instances) } };
};

describe('limits that are told', () => {
  const components = [running('web', 3), running('worker', 1)];

  it('are each one that still has room', () => {
    const all = [one('connections of db', 'web', 4, 60), one('connections of db', 'worker', 9, 5)];
    expect(nearestLimits(all, components)).toEqual(all);
  });

  it('are one for all where it is exceeded: for who takes most', () => {
    const other = one('connections of cache', 'web', 40, 3);
    const worst = one('connections of db', 'web', 1, 120);
    expect(nearestLimits([one('connections of db', 'worker', 0, 40), worst, other], components)).toEqual([
      worst,
      other,
    ]);
  });
});
