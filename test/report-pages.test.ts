import { expect, test } from 'vitest';
import { rulePage } from '../src/report/rule-page.js';
import { ruleList } from '../src/report/rule-list.js';
import { toldOnce } from '../src/report/told-once.js';
import { settingsPage } from '../src/verbs/settings-page.js';
import { at, because, RULE } from './sample-audit.js';

const options = { colour: false, width: 80 };
const statelessness = { id: 'statelessness', title: 'Statelessness', weight: 10 };

test('the page of a rule', async () => {
  await expect(rulePage(RULE, statelessness, options)).toMatchFileSnapshot('snapshots/rule-page.txt');
});

test('what a step says of the place is shown by the examples, and never leaves a hole', () => {
  const page = rulePage(
    {
      ...RULE,
      help: ['Keep them together: {{remedy}}', 'Write {{setting}} out, small enough.'],
      examples: {
        fail: ['SESSION_ENGINE = "db"', 'store: new Store()', 'SESSION_ENGINE = "db"'].map((remedy, index) => ({
          title: `case ${index}`,
          subject: { scope: 'host', remedy },
        })),
        pass: [],
        open: [],
      },
    },
    statelessness,
    options,
  );
  expect(page).toContain(
    '  1. Keep them together\n     e.g. SESSION_ENGINE = "db"\n     or   store: new Store()\n  2. Write <setting> out, small enough.\n',
  );
  expect(page).toContain('  - case 0\n      scope: host\n  - case 1\n');
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

test('what is said of several places is told once', () => {
  const one = (line: number, message: string) => because(message, at('src/a.js', line));
  expect(toldOnce([one(1, 'same'), one(2, 'same'), one(3, 'other')])).toEqual([
    one(1, 'same, here and in 1 more place'),
    one(3, 'other'),
  ]);
});
