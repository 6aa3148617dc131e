import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../src/configuration.js';
import { unknownComponents, withKnownRules } from '../src/configuration/known-names.js';
import { readConfiguration } from '../src/configuration/read.js';
import { STARTER } from '../src/verbs/init.js';
import { UsageError } from '../src/usage-error.js';
import { RULE } from './sample-audit.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scalecard-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function read(text: string, name = 'scalecard.yaml'): Promise<Configuration> {
  writeFileSync(join(root, name), text);
  return await readConfiguration(root);
}

async function refusal(work: () => unknown): Promise<readonly string[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UsageError) return error.lines;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('no file gives the defaults', async () => {
  expect(await readConfiguration(root)).toBe(DEFAULT_CONFIGURATION);
});

test('every key is read, and knows its place', async () => {
  mkdirSync(join(root, 'rules'));
  const configuration = await read(
    [
      'target: host',
      'include: [services/]',
      'exclude:',
      '  - legacy/',
      'rules:',
      '  session-on-one-instance: off',
      'rule-folders: [rules]',
      'components:',
      '  web: { single: true, target: process, instances: 3, ignore: false, rules: { single-instance: note } }',
      '  worker:',
      '',
    ].join('\n'),
  );
  expect({ ...configuration, places: undefined }).toEqual({
    target: 'host',
    include: ['services/'],
    exclude: ['legacy/'],
    rules: { 'session-on-one-instance': 'off' },
    ruleFolders: [join(realpathSync(root), 'rules')],
    components: {
      web: { single: true, target: 'process', instances: 3, ignore: false, rules: { 'single-instance': 'note' } },
      worker: {},
    },
  });
  expect(configuration.places?.get('/components/web')).toEqual({
    uri: 'scalecard.yaml',
    region: { startLine: 9, startColumn: 3, endLine: 9, endColumn: 6 },
  });
});

test('sections left empty, an empty file, and the other file name are fine', async () => {
  expect(await read('rules:\nexclude:\ncomponents:\n', 'scalecard.yml')).toMatchObject(DEFAULT_CONFIGURATION);
  rmSync(join(root, 'scalecard.yml'));
  expect(await read('')).toMatchObject(DEFAULT_CONFIGURATION);
});

test('all misfits are told at once, each with its place and what was meant', async () => {
  const text = [
    'target: clster',
    'exlude: []',
    'rules: { a-rule: warn, b-rule: [] }',
    'components:',
    '  web:',
    '    instances: 0',
    '    single: maybe',
    '    whatever-this-is: 1',
    'include: services',
    '',
  ].join('\n');
  expect(await refusal(() => read(text))).toEqual([
    'scalecard.yaml:1:1: "target" must be one of process, host, cluster, not "clster"; did you mean "cluster"?',
    'scalecard.yaml:2:1: unknown key "exlude"; did you mean "exclude"?',
    'scalecard.yaml:3:10: "rules.a-rule" must be one of off, note, warning, error, not "warn"',
    'scalecard.yaml:3:24: "rules.b-rule" must be one of off, note, warning, error, not a list',
    'scalecard.yaml:6:5: "components.web.instances" must be at least 1, not 0',
    'scalecard.yaml:7:5: "components.web.single" must be true or false, not "maybe"',
    'scalecard.yaml:8:5: unknown key "whatever-this-is"; known are single, target, instances, ignore, rules',
    'scalecard.yaml:9:1: "include" must be a list, not "services"',
  ]);
});

test.each([
  ['a list', '- a\n', /^scalecard.yaml:1:1: the file must be a map of keys, not a list$/],
  ['broken quotes', 'target: "host\n', /^scalecard.yaml:\d+:\d+: Missing closing "quote/],
  ['two documents', 'target: host\n---\ntarget: host\n', /^scalecard.yaml:\d:\d: /],
  ['a key twice', 'target: host\ntarget: host\n', /^scalecard.yaml:2:1: Map keys must be unique/],
  ['a tag', 'target: !!js/function host\n', /^scalecard.yaml:1:9: Unresolved tag/],
  ['20,000 brackets', `include: ${'['.repeat(20_000)}`, /^scalecard.yaml:\d+:\d+: /],
  ['control characters', 'target: "\\e[31mhost"\n', /not "\\u001b\[31mhost"$/],
  ['control characters in a key', '"\\e[31m\\nx": 1\n', /^scalecard.yaml:1:1: unknown key "\\x1b\[31m\\nx"/],
])('%s is refused with a place', async (_, text, line) => {
  const lines = await refusal(() => read(text));
  expect(lines[0]).toMatch(line);
});

test('aliases that multiply are refused, plain ones are not', async () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++)
    bomb.push(
      `${'abcdefghij'.charAt(i)}: &${'abcdefghij'.charAt(i)} [${Array(10)
        .fill(`*${'abcdefghij'.charAt(i - 1)}`)
        .join(', ')}]`,
    );
  const start = performance.now();
  expect(await refusal(() => read(bomb.join('\n')))).toEqual([
    expect.stringMatching(/^scalecard.yaml:1:1: Excessive alias count/),
  ]);
  expect(performance.now() - start).toBeLessThan(20_000);
  const shared = await read('components:\n  web: &one { instances: 2 }\n  api: *one\n');
  expect(shared.components).toEqual({ web: { instances: 2 }, api: { instances: 2 } });
});

test('a file that no person wrote is not read', async () => {
  await read('');
  truncateSync(join(root, 'scalecard.yaml'), 300 * 1024 * 1024);
  expect(await refusal(() => readConfiguration(root))).toEqual([
    'scalecard.yaml: cannot be read: larger than 0.25 MiB',
  ]);
});

test('a link is not followed, unless the caller names it', async () => {
  const outside = join(root, 'outside.yaml');
  writeFileSync(outside, 'target: host\nsecret-word: 1\n');
  mkdirSync(join(root, 'repository'));
  symlinkSync(outside, join(root, 'repository', 'scalecard.yaml'));
  const [line] = await refusal(() => readConfiguration(join(root, 'repository')));
  expect(line).toBe('scalecard.yaml: cannot be read: ELOOP');
  const named = await refusal(() => readConfiguration(join(root, 'repository'), outside));
  expect(named[0]).toContain('unknown key "secret-word"');
});

test('pipes are not waited for, and two files are one too many', async () => {
  execFileSync('mkfifo', [join(root, 'scalecard.yml')]);
  expect(await refusal(() => readConfiguration(root))).toEqual(['scalecard.yml: cannot be read: no regular file']);
  expect(await refusal(() => read(''))).toEqual(['scalecard.yaml and scalecard.yml both exist; keep one']);
});

test('a named file must be there', async () => {
  expect(await refusal(() => readConfiguration(root, join(root, 'no.yaml')))).toEqual([
    expect.stringMatching(/no\.yaml: no such file$/),
  ]);
  expect(await refusal(() => readConfiguration(root, root))).toEqual([expect.stringMatching(/: not a file$/)]);
});

test('unknown rules are refused, old ids become present ones', async () => {
  const ruleSet = { rules: [RULE] };
  const old = await read(
    'rules: { sessions-on-one-instance: note }\ncomponents: { web: { rules: { session-on-one-instance: off } } }\n',
  );
  expect(withKnownRules(old, ruleSet)).toMatchObject({
    rules: { 'session-on-one-instance': 'note' },
    components: { web: { rules: { 'session-on-one-instance': 'off' } } },
  });
  const wrong = await read(
    'rules:\n  session-on-one-instanc: off\ncomponents:\n  web:\n    rules:\n      quite-different: off\n',
  );
  expect(await refusal(() => withKnownRules(wrong, ruleSet))).toEqual([
    'scalecard.yaml:2:3: unknown rule "session-on-one-instanc"; did you mean "session-on-one-instance"?',
    'scalecard.yaml:6:7: unknown rule "quite-different"',
  ]);
});

test('unknown components are a notification', async () => {
  const configuration = await read('components:\n  wbe: { single: true }\n  api: {}\n');
  expect(unknownComponents(configuration, ['web', 'api'])).toEqual([
    {
      level: 'warning',
      message: 'unknown component "wbe" in the configuration; did you mean "web"?',
      location: { uri: 'scalecard.yaml', region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 6 } },
    },
  ]);
});

test('rule folders that are none, or lead out, are refused', async () => {
  symlinkSync(tmpdir(), join(root, 'out'));
  for (const folder of ['missing', '..', '/', 'out', 'scalecard.yaml', '.']) {
    expect(await refusal(() => read(`rule-folders:\n  - ${folder}\n`))).toEqual([
      `scalecard.yaml:2:5: "${folder}" is no folder of the repository`,
    ]);
  }
});

test('what init writes is valid, and so it is with every example in it', async () => {
  mkdirSync(join(root, 'architecture', 'rules'), { recursive: true });
  expect(await read(STARTER)).toMatchObject(DEFAULT_CONFIGURATION);
  const uncommented = STARTER.split('\n')
    .slice(2)
    .map((line) => line.replace(/^(\s*)# (?=\s*- |\s*[-\w]+:(?:\s|$))/, '$1'))
    .map((line) => (/^\s*[-\w]+:|^\s*- /.test(line) ? line : ''))
    .join('\n');
  expect(await read(uncommented)).toMatchObject({
    exclude: ['experiments/'],
    include: ['services/shop/'],
    ruleFolders: [expect.stringMatching(/architecture.rules$/)],
    components: { web: { instances: 4 }, scheduler: { single: true }, admin: { rules: { 'file-on-one-host': 'off' } } },
  });
});

test('the schema ships beside the code that reads it', () => {
  const schema = JSON.parse(readFileSync('src/configuration/configuration.schema.json', 'utf8')) as {
    properties: object;
  };
  expect(Object.keys(schema.properties)).toEqual([
    'target',
    'include',
    'exclude',
    'rules',
    'rule-folders',
    'components',
  ]);
});
