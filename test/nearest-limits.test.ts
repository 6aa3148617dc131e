import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { derived } from '../src/model/derivation.js';
import type { Component, Headroom } from '../src/model/model.js';
import { firstToBreak } from '../src/report/first-to-break.js';
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

describe('what breaks first', () => {
  it('names state and volumes beside limits, each at the size at which it breaks', async () => {
    const { model } = await audit({ root: join(import.meta.dirname, '..', 'fixtures', 'shop'), today: '2026-11-21' });
    const found = firstToBreak(model).map(({ at, what, components }) => `${at}: ${what} (${components.join(', ')})`);
    expect(found).toContain('today: the volume shop/media forbids a second node (web)');
    expect(found).toContain('today: connections of pgbouncer run out (web)');
    expect(found).toContain('2: cache kept by one process: local memory (backoffice)');
    expect(found).toContain('499: connections of redis run out (web)');
    const later = found.slice(found.findIndex((one) => !one.startsWith('today')));
    expect(later.map((one) => Number.parseInt(one, 10))).toEqual([2, 499, 960]);
  });

  it('tells nothing of what is one by choice, and the size that comes after the last that fits', async () => {
    const { model } = await audit({
      root: join(import.meta.dirname, '..', 'fixtures', 'shop-done-right'),
      today: '2026-11-21',
    });
    const [first] = firstToBreak(model);
    expect(first).toMatchObject({ at: (model.headroom[0]?.instances ?? 0) + 1, components: ['web'] });
    const single = await audit({ root: join(import.meta.dirname, '..', 'fixtures', 'single'), today: '2026-11-21' });
    expect(firstToBreak(single.model)).toEqual([]);
  });
});
