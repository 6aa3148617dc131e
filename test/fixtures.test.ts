import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { report as json } from '../src/report/json.js';
import { annotations } from './annotations.js';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const systems = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(systems)('fixtures/%s', async (system) => {
  const found = await audit({ root: join(FIXTURES, system) });

  it('gives exactly the results that its files expect', () => {
    const expected = found.inventory.files
      .flatMap(({ path }) =>
        annotations(found.inventory.read(path) ?? '', 'expect').flatMap(({ line, text }) =>
          text.split(/\s*,\s*/).map((one) => `${path}:${line} ${one.replace(/\s*\(.*\)$/, '')}`),
        ),
      )
      .sort();
    const given = found.evaluation.results
      .map(
        (result) =>
          `${result.location.uri}:${result.location.region.startLine} ${result.kind === 'open' ? 'open ' : ''}${result.ruleId}`,
      )
      .sort();
    expect(given).toEqual(expected);
  });

  it('has the golden report', async () => {
    await expect(json(found, { colour: false, width: 100 })).toMatchFileSnapshot(`golden/${system}.json`);
  });

  it('gives the same bytes twice', async () => {
    const again = await audit({ root: join(FIXTURES, system) });
    expect(json(again, { colour: false, width: 100 })).toBe(json(found, { colour: false, width: 100 }));
  });
});

describe.each(systems.filter((system) => system.endsWith('-done-right')))('%s', async (system) => {
  const found = await audit({ root: join(FIXTURES, system) });

  it('scores 100 and is silent at every level', () => {
    expect(found.evaluation.results).toEqual([]);
    expect(found.scorecard.value).toBe(100);
  });
});
