import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/simulate.js';
import { simulationPage } from '../src/verbs/simulation-page.js';

const fixture = (name: string): string => join(import.meta.dirname, '..', 'fixtures', name);
const ask = (name: string, instances: number, ...only: string[]) =>
  simulate({ root: fixture(name), instances, only, today: '2026-11-21' });

describe('a simulation', () => {
  it('breaks where the nearest limit says so, and one instance earlier it holds', async () => {
    const limit = (await ask('shop-done-right', 1, 'web')).holds[0];
    expect(limit?.limit).toBe('connections of pgbouncer');
    const most = limit?.instances ?? 0;
    expect(most).toBeGreaterThan(12);
    const holds = await ask('shop-done-right', most, 'web');
    expect(holds.breaks).toEqual([]);
    expect(holds.holds.map((one) => one.limit)).toContain('connections of pgbouncer');
    const over = await ask('shop-done-right', most + 30, 'web');
    expect(over.breaks.map(({ from, result }) => [from, result.ruleId])).toEqual([
      [most + 1, 'connections-over-budget'],
    ]);
    expect(over.breaks[0]?.result.message).toContain(`(${most + 30} + `);
    expect(over.holds.map((one) => one.limit)).not.toContain('connections of pgbouncer');
  });

  it('tells what one instance hides from what a second one breaks', async () => {
    const { breaks } = await ask('shop', 2, 'web');
    const from = new Map(breaks.map(({ result, from }) => [result.ruleId, from]));
    // A volume that one node mounts is in nobody's way until there is a second instance; several processes share no memory.
    expect(from.get('volume-on-one-node')).toBe(2);
    expect(from.get('session-on-one-instance')).toBe(2);
    expect(from.get('shared-memory-per-process')).toBe(1);
    expect(breaks.map((one) => one.from)).toEqual([...breaks.map((one) => one.from)].sort((a, b) => a - b));
    // What is wrong at every size and has nothing to do with it is not told.
    expect(from.has('development-server-in-production')).toBe(false);
    const [volume] = breaks.filter(({ result }) => result.ruleId === 'volume-on-one-node');
    expect(volume?.result.relatedLocations.map(({ message }) => message)).toContain('2 instances of it are simulated');
  });

  it('leaves the other components as they are', async () => {
    const { audit, components } = await ask('shop', 3, 'web');
    const sizes = new Map(audit.model.components.map(({ name, properties }) => [name, properties.instances.value]));
    expect(components.map(({ component, today }) => [component.name, today])).toEqual([['web', 20]]);
    expect(sizes.get('web')).toBe(3);
    expect(sizes.get('worker')).toBe(2);
  });

  it('overrules that a component declares itself single', async () => {
    const { breaks } = await ask('single', 3);
    expect(breaks.length).toBeGreaterThan(0);
  });

  it('names the nearest component for a wrong name', async () => {
    await expect(ask('shop', 3, 'wbe')).rejects.toThrow('--component wbe: no such component; did you mean "web"?');
    await expect(ask('shop', 3, 'nothing-like-it')).rejects.toThrow('there are: ');
  });

  it('prints who breaks, what holds, what is open, and no colour into a pipe', async () => {
    const page = simulationPage(await ask('shop', 6), { colour: false, width: 100 });
    expect(page).toContain('WITH 6 INSTANCES');
    expect(page).toMatch(/volume-on-one-node\s+✗ from 2 instances on/);
    expect(page).toMatch(/connections of pgbouncer\s+✓ up to \d+ instances of web/);
    expect(page).not.toContain('\u001b');
    for (const line of page.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
