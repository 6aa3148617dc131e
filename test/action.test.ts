import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scalecard-action-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly status: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly workspace: string;
}

/** Runs the steps as the runner does: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax (shell). */
function run(inputs: Readonly<Record<string, string>>, fixture = 'shop'): Run {
  const home = mkdtempSync(join(folder, 'run-'));
  const workspace = join(home, 'workspace');
  const temp = join(home, 'temp');
  const summary = join(home, 'summary');
  mkdirSync(temp);
  cpSync(resolve('fixtures', fixture), join(workspace, 'services/shop'), { recursive: true });
  writeFileSync(summary, '');
  const given: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries(action.inputs)) given[name] = inputs[name] ?? value;
  const outputs: Record<string, Record<string, string>> = {};
  const valueOf = (text: string): string =>
    text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      const [context = '', name = '', , output = ''] = expression.split('.');
      if (expression === 'github.action_path') return resolve('.');
      if (context === 'inputs') return given[name] ?? '';
      if (context === 'steps') return outputs[name]?.[output] ?? '';
      throw new Error(`unknown expression ${expression}`);
    });
  let log = '';
  let status: number | null = 0;
  for (const { id, env, run: script } of action.runs.steps) {
    const file = join(temp, `${id}.sh`);
    const output = join(temp, `${id}.output`);
    writeFileSync(file, script);
    writeFileSync(output, '');
    const done = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', file], {
      encoding: 'utf8',
      cwd: workspace,
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: workspace,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: temp,
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, valueOf(value)])),
      },
    });
    outputs[id] = outputsIn(readFileSync(output, 'utf8'));
    log += done.stdout + done.stderr;
    ({ status } = done);
    if (status !== 0) break;
  }
  const told = Object.entries(action.outputs).map(([name, { value }]) => [name, valueOf(value)]);
  return {
    status,
    log,
    summary: readFileSync(summary, 'utf8'),
    outputs: Object.fromEntries(told) as Record<string, string>,
    workspace,
  };
}

/** `name=value`, or `name<<END` with lines up to END. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && end !== undefined)
      outputs[name] = lines
        .splice(0, lines.indexOf(end) + 1)
        .slice(0, -1)
        .join('\n');
    else if (line.includes('=')) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return outputs;
}

// Schemas as schemastore.org publishes them (Apache 2.0).
test.each([
  ['action.yml', 'github-action.json'],
  ['.pre-commit-hooks.yaml', 'pre-commit-hooks.json'],
])('%s fits its schema', (file, schema) => {
  const fits = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(join('test/action-schema', schema), 'utf8')) as object,
  );
  expect(fits(parse(readFileSync(file, 'utf8'))), JSON.stringify(fits.errors)).toBe(true);
});

test('no expression stands in a script', () => {
  for (const { run: script, shell } of action.runs.steps) {
    expect(script).not.toContain('${{');
    expect(shell).toBe('bash');
  }
});

describe('a run', () => {
  test('with errors fails, and still leaves summary, outputs and files', () => {
    const done = run({ path: 'services/shop', 'sarif-file': 'out/a b.sarif', 'comment-file': 'out/comment.md' });
    expect(done.status).toBe(1);
    expect(done.log).toMatch(/^::error file=services\/shop\/shop\/settings\/production\.py,line=\d+,/);
    expect(done.log).toContain('results are at or above --fail-on error');
    expect(done.summary).toMatch(/^<!-- scalecard -->\n\n## Scalecard: \d+ of 100/);
    expect(readFileSync(join(done.workspace, 'out/comment.md'), 'utf8')).toBe(done.summary);
    expect(done.outputs).toMatchObject({ grade: 'E', sarif: 'out/a b.sarif' });
    expect(Number(done.outputs.score)).toBeGreaterThan(0);
    const sarif = readFileSync(join(done.workspace, 'out/a b.sarif'), 'utf8');
    expect(sarif).toContain('"uri": "services/shop/k8s/pgbouncer.yaml"');
  });

  test('without any succeeds; files that nobody asks for are not written', () => {
    const done = run({ path: 'services/shop', 'fail-on': 'note', 'min-score': '100' }, 'shop-done-right');
    expect(done).toMatchObject({ status: 0, outputs: { score: '100', grade: 'A', sarif: '' } });
    expect(readdirSync(done.workspace)).toEqual(['services']);
  });

  test('can be told to fail by its score alone', () => {
    const done = run({ path: 'services/shop', 'fail-on': 'never', 'min-score': '90' });
    expect(done.status).toBe(1);
    expect(done.log).toContain('--min-score asks for 90');
    expect(run({ path: 'services/shop', 'fail-on': 'never' }).status).toBe(0);
  });

  test('reads a configuration and variables from elsewhere', () => {
    const done = run({ path: 'services/shop', config: 'no such.yaml' });
    expect(done).toMatchObject({ status: 2, summary: '' });
    expect(done.log).toContain('no such.yaml: no such file');
    expect(run({ path: 'services/shop', 'env-file': '-no such.env' }).log).toContain('-no such.env: no such file');
  });
});

describe('hostile inputs', () => {
  const evil = [
    '$(touch owned)`touch owned`',
    '"; touch owned; "',
    "'; touch owned; '",
    '-o owned',
    'a\n::error::owned\ntouch owned',
    '',
  ];

  test.each(Object.keys(action.inputs).flatMap((name) => evil.map((value): [string, string] => [name, value])))(
    '%s: %j',
    (name, value) => {
      // Where it would be a file to write, a name that is odd is still a name.
      const done = run({ path: 'services/shop', 'fail-on': 'never', [name]: value });
      expect(existsSync(join(done.workspace, 'owned'))).toBe(false);
      expect(existsSync(join(done.workspace, 'services/shop/owned'))).toBe(false);
      expect(done.log.replace(/^::(?:error|warning|notice) (?:file|title)=.*$/gm, '')).not.toMatch(/^::/m);
      const isFile = ['sarif-file', 'comment-file'].includes(name);
      if (!isFile && value !== '') expect(done.status).toBe(2);
      if (name === 'sarif-file' && done.status === 0) expect(done.outputs.sarif).toBe(value);
    },
  );
});
