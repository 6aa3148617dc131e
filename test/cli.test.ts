import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outputsOf } from '../src/verbs/outputs.js';
import { progressOn } from '../src/verbs/terminal.js';
import { UsageError } from '../src/usage-error.js';

const CLI = resolve('dist/cli.js');
const SHOP = resolve('fixtures/shop');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scalecard-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(words: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  const done = spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    cwd: options.cwd ?? folder,
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', GITHUB_ACTIONS: '', ...options.env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

/** A line on standard error, nothing on standard output, exit status 2. */
function refused({ status, out, err }: Run): string {
  expect({ status, out, lines: err.trim().split('\n').length }).toEqual({ status: 2, out: '', lines: 1 });
  return err.trim();
}

describe('asking the program about itself', () => {
  test('--version needs no library', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(run(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
    expect(run(['-V']).out).toBe(`${version}\n`);
    const imports = [...readFileSync(CLI, 'utf8').matchAll(/^import .* from ['"](.*)['"]/gm)].map((match) => match[1]);
    expect(imports).toEqual(['node:fs']);
  });

  test('--help tells verbs, flags of the default verb, examples and exit status', () => {
    const { status, out, err } = run(['--help']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    for (const word of [
      'audit',
      'explain',
      'rules',
      'facts',
      'settings',
      'init',
      '--fail-on',
      '--min-score',
      '--env-file',
      'Exit status',
      'Examples',
    ]) {
      expect(out).toContain(word);
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(run(['help', 'rules']).status).toBe(0);
  });

  test('explain prints a rule and knows what was meant', () => {
    expect(run(['explain', 'session-on-one-instance'])).toMatchObject({ status: 0, err: '' });
    expect(run(['explain', 'scalecard/session-on-one-instance']).out).toContain('What to do');
    // An example without a remedy shows no empty line in its place.
    expect(run(['explain', 'query-in-loop']).out).not.toMatch(/(?:e\.g\.| or) *$/m);
    expect(refused(run(['explain', 'sesion-on-one-instance']))).toBe(
      'unknown rule "sesion-on-one-instance"; did you mean "session-on-one-instance"?',
    );
    expect(refused(run(['explain', 'session']))).toBe(
      'unknown rule "session"; these are alike: session-on-one-instance',
    );
    expect(refused(run(['explain', '\u001b[31m']))).toBe('unknown rule "\\x1b[31m"; "scalecard rules" lists them');
  });

  test('every rule can be listed and explained', () => {
    const { rules } = JSON.parse(run(['rules', '--format', 'json']).out) as {
      rules: { id: string; description: string }[];
    };
    const files = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^\w.*\/(?!category).*\.yaml$/.test(file),
    );
    expect(rules).toHaveLength(files.length);
    const list = run(['rules']).out;
    for (const { id } of rules) expect(list).toContain(id);
  });
});

describe('bad usage', () => {
  test.each([
    ['an unknown level', ['--fail-on', 'warn'], /choices|Allowed/],
    ['no number', ['--min-score', 'high'], /write a number from 0 to 100/],
    ['too many words', ['audit', 'a', 'b'], 'too many arguments: a b; audit takes one folder'],
    ['a verb with a slip and a folder', ['audti', '.'], 'too many arguments: audti .; did you mean "audit"?'],
    ['single files, as hooks give them', [CLI, CLI], /^single files were given \(2\).* pass_filenames: false$/],
    ['a missing folder', ['nowhere'], 'nowhere: no such folder'],
    ['a verb with a slip', ['audti'], 'audti: no such folder; did you mean "audit"?'],
    ['a file', [CLI], /cli\.js: not a folder; give the folder that holds the repository$/],
    ['a path through a file', [`${CLI}/x`], /no such folder$/],
    ['an unknown format', ['--format', 'jsn'], '--format jsn: no such format; did you mean "json"?'],
    ['a module that is no format', ['--format', 'rule-page'], /no such format; known are (\w+, )*json, (\w+, )*text$/],
    ['a path as format', ['--format', '../cli'], /no such format/],
    [
      'two on one screen',
      ['-f', 'json', '-f', 'text'],
      'json and text cannot both go to standard output; give one of them an --output FILE',
    ],
    ['a variable without a value', ['--env', 'NAME'], '--env NAME: write it as NAME=VALUE'],
    ['a missing variable file', ['-e', 'no.env'], '--env-file no.env: no such file'],
    ['a missing configuration', ['--config', 'no.yaml'], 'no.yaml: no such file'],
    ['a name that steers terminals', ['x\u001b[2J\u202e\n::error::'], 'x\\x1b[2J\\u{202e}\\n::error::: no such folder'],
    ['a name that steers build servers', ['::error::x'], '\\x3a:error::x: no such folder'],
  ])('%s: one line, exit status 2', (_, words, line) => {
    const said = refused(run(words));
    if (typeof line === 'string') expect(said.split('\n')[0]).toBe(line);
    else expect(said).toMatch(line);
  });

  test('a configuration that says nothing sensible', () => {
    const root = mkdtempSync(join(folder, 'configured-'));
    writeFileSync(join(root, 'scalecard.yaml'), 'exlude: []\nrules: { nonsense: off }\n');
    writeFileSync(join(root, 'a.py'), '');
    expect(refused(run([root]))).toBe('scalecard.yaml:1:1: unknown key "exlude"; did you mean "exclude"?');
    writeFileSync(join(root, 'scalecard.yaml'), 'rules:\n  session-on-one-instanc: off\n');
    expect(refused(run([root]))).toBe(
      'scalecard.yaml:2:3: unknown rule "session-on-one-instanc"; did you mean "session-on-one-instance"?',
    );
  });

  test('an unknown flag, and what was meant', () => {
    const { status, err } = run(['--fail-no\u001b', 'error']);
    expect({ status, err }).toEqual({
      status: 2,
      err: "error: unknown option '--fail-no\\x1b'\n(Did you mean --fail-on?)\n",
    });
  });

  test('a value that steers build servers', () => {
    const { status, err } = run([SHOP, '--fail-on', 'a\n::error::owned']);
    expect(status).toBe(2);
    expect(err).not.toMatch(/^::/m);
  });

  test('an output that cannot be written', () => {
    const { status, err } = run([SHOP, '--format', 'json', '--output', '/dev/null/x']);
    expect(status).toBe(2);
    expect(err).toMatch(/^--output \/dev\/null\/x: cannot be written: E[A-Z]+\n$/);
  });
});

describe('exit status', () => {
  test.each([
    [['--fail-on', 'error'], 1],
    [[], 1],
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'never', '--min-score', '99'], 1],
    [['--fail-on', 'never', '--min-score', '0'], 0],
  ])('a system with errors, %j: %i', (flags, status) => {
    expect(run([SHOP, ...flags]).status).toBe(status);
  });

  test.each([
    [['--fail-on', 'warning'], 0],
    [['--fail-on', 'note'], 1],
  ])('a system with notes, %j: %i', (flags, status) => {
    expect(run([resolve('fixtures/single'), ...flags]).status).toBe(status);
  });

  test('1 says why, one line for each bar that was missed', () => {
    expect(run([SHOP, '--min-score', '99', '--fail-on', 'warning']).err).toMatch(
      /^scalecard: the score is [\d.]+; --min-score asks for 99\nscalecard: \d+ results are at or above --fail-on warning\n$/,
    );
    expect(run([SHOP, '--min-score', '0', '--fail-on', 'never'])).toMatchObject({ status: 0, err: '' });
    const undecided = run([resolve('fixtures/undecided'), '--fail-on', 'warning']);
    expect(undecided.status).toBe(1);
    // Nothing deploys it, and it is a folder of this repository.
    expect(undecided.err).toMatch(
      /^scalecard: this folder is part of a repository.*\nscalecard: 1 result is at or above --fail-on warning\n$/,
    );
  });

  test('an empty folder is no pass', () => {
    const root = mkdtempSync(join(folder, 'empty-'));
    const { status, out, err } = run([root]);
    expect(status).toBe(2);
    expect(out).toContain('No score: nothing to judge was found.');
    expect(err).toMatch(/^scalecard: nothing to audit here: no file that can be read found in .*\n$/);
    const json = run([root, '--format', 'json']);
    expect(json.status).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ score: { value: null, grade: null }, results: [] });
  });

  test('files without anything to judge are no score', () => {
    const root = mkdtempSync(join(folder, 'prose-'));
    writeFileSync(join(root, 'README.md'), '# Prose\n');
    expect(run([root])).toMatchObject({ status: 0, out: expect.stringContaining('This is not a pass') as string });
    expect(run([root, '--min-score', '0'])).toMatchObject({
      status: 1,
      err: 'scalecard: the score is none, for nothing could be judged; --min-score asks for 0\n',
    });
  });

  test('a folder without what deploys it is told where the repository begins', () => {
    const root = mkdtempSync(join(folder, 'whole-'));
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'src/pages'), { recursive: true });
    writeFileSync(join(root, 'src/pages/README.md'), '# Prose\n');
    const { status, err } = run([join(root, 'src/pages')]);
    expect(status).toBe(0);
    expect(err).toMatch(/^scalecard: this folder is part of a repository; .*: scalecard .*whole-\w+\n$/);
    expect(run([join(root, 'src/pages'), '--quiet']).err).toBe('');
    expect(run([root]).err).toBe('');
  });

  test('a defect of our own is one line, and a stack for those who ask', () => {
    const broken = join(folder, 'broken.cjs');
    writeFileSync(
      broken,
      `const fs = require('node:fs');
      const real = fs.realpathSync;
      const broken = (path, ...rest) => { if (path === process.env.BROKEN) throw new TypeError('bo\\u001bom'); return real(path, ...rest); };
      fs.realpathSync = Object.assign(broken, real);
      require('node:module').syncBuiltinESMExports();`,
    );
    const env = { NODE_OPTIONS: `--require ${broken}`, BROKEN: SHOP };
    expect(refused(run([SHOP], { env }))).toBe(
      'scalecard: failed, a defect of Scalecard itself: TypeError: bo\\x1bom (SCALECARD_DEBUG=1 shows where)',
    );
    expect(run([SHOP], { env: { ...env, SCALECARD_DEBUG: '1' } }).err).toMatch(/\n\s+at /);
  });
});

describe('reports', () => {
  const schema = JSON.parse(readFileSync('dist/report/scalecard.schema.json', 'utf8')) as object;
  const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  const systems = readdirSync('fixtures', { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test.each(systems.map(({ name }) => name))(
    'json of fixtures/%s fits the schema, twice the same bytes, no absolute path',
    (name) => {
      const { out } = run([resolve('fixtures', name), '--format', 'json']);
      expect(fits(JSON.parse(out)), JSON.stringify(fits.errors)).toBe(true);
      expect(out).not.toContain(resolve('.'));
      const copy = join(folder, `copy-of-${name}`);
      cpSync(resolve('fixtures', name), copy, { recursive: true });
      expect(run(['.', '--format', 'json'], { cwd: copy }).out).toBe(out);
    },
  );

  test('several from one run, in files and on the screen', () => {
    const file = join(folder, 'deep', 'er', 'card.json');
    const both = run([SHOP, '-f', 'json', '-o', file, '--format', 'text']);
    expect(both).toMatchObject({ status: 1, err: 'scalecard: 14 results are at or above --fail-on error\n' });
    expect(both.out).toBe(run([SHOP]).out);
    expect(fits(JSON.parse(readFileSync(file, 'utf8')))).toBe(true);
    const [sarif, comment] = [join(folder, 'card.sarif'), join(folder, 'card.md')];
    const three = run([SHOP, '-f', 'sarif', '-o', sarif, '-f', 'markdown', '-o', comment, '-f', 'github']);
    expect(three).toMatchObject({ status: 1, out: run([SHOP, '-f', 'github']).out });
    expect(three.out).toMatch(/^::error /);
    expect(readFileSync(sarif, 'utf8')).toBe(run([SHOP, '-f', 'sarif']).out);
    expect(readFileSync(comment, 'utf8')).toBe(run([SHOP, '-f', 'markdown']).out);
    const textFile = join(folder, 'card.txt');
    expect(run([SHOP, '-o', textFile], { env: { FORCE_COLOR: '1' } }).out).toBe('');
    expect(readFileSync(textFile, 'utf8')).toBe(both.out);
  });

  test('the verb and the folder may be left out', () => {
    const { out } = run(['audit', SHOP]);
    expect(run([], { cwd: SHOP }).out).toBe(out);
    const link = join(folder, 'link');
    symlinkSync(SHOP, link);
    expect(run([link]).out).toBe(out);
  });

  test('colours follow the flag, FORCE_COLOR and NO_COLOR', () => {
    const coloured = (words: string[], env: Record<string, string>) =>
      run([SHOP, ...words], { env }).out.includes('\u001b');
    expect(coloured([], {})).toBe(false);
    expect(coloured([], { CI: 'true' })).toBe(false);
    expect(coloured([], { FORCE_COLOR: '1' })).toBe(true);
    expect(coloured([], { FORCE_COLOR: '0' })).toBe(false);
    expect(coloured([], { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(true);
    expect(coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });

  test('--quiet leaves the exit status alone', () => {
    expect(run([SHOP, '--quiet'])).toEqual({ status: 1, out: '', err: '' });
    expect(run([SHOP, '--quiet', '--format', 'text']).out).not.toBe('');
  });

  test('a reader that has seen enough is no error', () => {
    const line = `set -o pipefail; ${process.execPath} ${CLI} ${SHOP} --format json 2>&1 | head -c 1`;
    expect(execFileSync('bash', ['-c', `${line} || true`], { encoding: 'utf8' })).toBe('{');
  });
});

describe('other verbs', () => {
  test('facts are JSON', () => {
    const { status, out } = run(['facts', SHOP]);
    const content = JSON.parse(out) as { facts: { kind: string }[]; components: { name: string }[] };
    expect(status).toBe(0);
    expect(content.facts.map(({ kind }) => kind)).toContain('workload');
    expect(content.components.map(({ name }) => name)).toContain('web');
    expect(run(['facts', SHOP]).out).toBe(out);
    expect(out).not.toContain(resolve('.'));
  });

  test('settings are text or JSON', () => {
    const { status, out } = run(['settings', SHOP, '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toHaveProperty('modules');
    expect(run(['settings', SHOP])).toMatchObject({ status: 0, err: '' });
  });

  test('simulate says by its exit status whether something breaks', () => {
    const breaks = run(['simulate', SHOP, '--instances', '2', '--format', 'json']);
    expect(breaks).toMatchObject({ status: 1, err: '' });
    expect(JSON.parse(breaks.out)).toMatchObject({ instances: 2, breaks: expect.any(Array) as unknown });
    expect(run(['simulate', resolve('fixtures/shop-done-right'), '-n', '2'])).toMatchObject({ status: 0, err: '' });
    expect(refused(run(['simulate', SHOP, '-n', 'two']))).toContain('write a whole number from 1 to 999999.');
    expect(refused(run(['simulate', SHOP, '-n', '2', '-c', 'wbe']))).toContain('did you mean "web"?');
  });

  test('init writes a configuration to start from, and never over one', () => {
    const root = mkdtempSync(join(folder, 'init-'));
    expect(run(['init', root])).toMatchObject({ status: 0, err: '' });
    expect(existsSync(join(root, 'scalecard.yaml'))).toBe(true);
    expect(refused(run(['init', root]))).toBe('scalecard.yaml exists already; it is left as it is');
    const linked = mkdtempSync(join(folder, 'linked-'));
    symlinkSync(join(folder, 'elsewhere'), join(linked, 'scalecard.yaml'));
    expect(refused(run(['init', linked]))).toBe('scalecard.yaml cannot be written: EEXIST');
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });
});

test('each --output belongs to a --format', () => {
  const pair = (...flags: string[]) =>
    outputsOf(
      flags.map((flag) =>
        flag.startsWith('>') ? { flag: 'output', value: flag.slice(1) } : { flag: 'format', value: flag },
      ),
    );
  expect(pair()).toEqual([{ format: 'text' }]);
  expect(pair('>a')).toEqual([{ format: 'text', file: 'a' }]);
  expect(pair('json', '>a', 'text')).toEqual([{ format: 'json', file: 'a' }, { format: 'text' }]);
  expect(pair('>a', 'json')).toEqual([{ format: 'json', file: 'a' }]);
  expect(pair('json', '>-')).toEqual([{ format: 'json' }]);
  expect(() => pair('>a', '>b')).toThrow(UsageError);
  expect(() => pair('json', '>a', '>b')).toThrow(UsageError);
  expect(() => pair('json', 'text')).toThrow(UsageError);
});

test('progress is one line that goes away, and only after a while', async () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  for (const progress of [progressOn(stream(false)), progressOn(stream(true), true), progressOn(stream(true))]) {
    progress.stage('listing files');
    progress.end();
  }
  expect(written).toEqual([]);
  const slow = progressOn(stream(true));
  await new Promise((done) => setTimeout(done, 550));
  slow.stage('evaluating code');
  slow.end();
  expect(written).toEqual(['\r\u001b[2Kevaluating code …', '\r\u001b[2K']);
});
