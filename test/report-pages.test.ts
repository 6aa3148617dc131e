import { expect, test } from 'vitest';
import { rulePage } from '../src/report/rule-page.js';
import { ruleList } from '../src/report/rule-list.js';
import { settingsPage } from '../src/verbs/settings-page.js';
import { at, because, RULE } from './sample-audit.js';

const options = { colour: false, width: 80 };
const statelessness = { id: 'statelessness', title: 'Statelessness', weight: 10 };

test('the page of a rule', async () => {
  await expect(rulePage(RULE, statelessness, options)).toMatchFileSnapshot('snapshots/rule-page.txt');
});

test('the list of rules', () => {
  const empty = { id: 'empty', title: 'Empty', weight: 1 };
  const list = ruleList({ rules: [RULE], categories: [statelessness, empty] }, options);
  expect(list).toContain('STATELESSNESS (weight 10)');
  expect(list).toContain('session-on-one-instance              warning  critical, minutes');
  expect(list).not.toContain('EMPTY');
});

test('settings with their places, variables and reasons', () => {
  const settings = {
    CACHES: { value: { default: { $unknown: 'x' } }, locations: [at('a.py', 3, 1, 7)] },
    DEBUG: { unknown: 'variable DEBUG is set nowhere', variable: 'DEBUG', locations: [] },
  };
  const page = settingsPage(
    [{ module: 'shop.settings', evidence: [because('wsgi.py says so', at('wsgi.py', 2))], settings }],
    options,
  );
  expect(page.split('\n').map((line) => line.trimEnd())).toEqual([
    expect.stringMatching(/^shop.settings ─+$/),
    '  wsgi.py:2:1  wsgi.py says so',
    '',
    expect.stringMatching(/^ {2}CACHES +a.py:3:1$/),
    '    { "default": { "$unknown": "x" } }',
    '',
    '  DEBUG',
    '    unknown: variable DEBUG is set nowhere',
    '    from the variable DEBUG',
    '',
  ]);
  expect(settingsPage([], options)).toBe('No settings were found that could be evaluated.\n');
});
