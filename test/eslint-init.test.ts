import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { copyOf, makeProject, write } from './eslint-project.js';

function init(root: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), 'init', root, ...words], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

const settingsOf = (root: string) =>
  JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8')) as Record<string, string[]>;

test('what it writes works', () => {
  const root = realpathSync(copyOf('shop'));
  const { status, out } = init(root, '--eslint');
  expect(status).toBe(0);
  expect(out.split('\n').map((line) => line.split(/[ :]/)[0])).toEqual([
    'scalecard.yaml',
    'eslint.config.mjs',
    '.vscode/settings.json',
    'then',
    '',
  ]);
  expect(settingsOf(root)['eslint.validate']).toEqual(
    expect.arrayContaining(['javascript', 'python', 'dockercompose']),
  );
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(resolve('.'), join(root, 'node_modules/scalecard'));
  const bin = join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'bin/eslint.js');
  const lint = spawnSync(process.execPath, [bin, '.'], { cwd: root, encoding: 'utf8' });
  expect(lint.stderr).toBe('');
  expect(lint.stdout).toMatch(/scalecard\/session-on-one-instance/);
  // A second time there is nothing to do.
  const again = init(root, '--eslint');
  expect(again.status).toBe(0);
  expect(again.out).toMatch(/eslint\.config\.mjs exists already and is left as it is; it names scalecard\/eslint\n/);
  expect(again.out).toMatch(/lists all files already/);
});

test('what exists is told what to add, and presets for every file are named', () => {
  const text =
    "import js from '@eslint/js';\nexport default [\n  js.configs.recommended,\n  ...tseslint.configs.recommended,\n  vue.configs['flat/base'],\n  ...scalecard.configs.recommended,\n  { files: ['**/*.js'], ...js.configs.all },\n];\n";
  const root = makeProject({ 'eslint.config.js': text, '.vscode/settings.json': '{\n    // mine\n    "a": 1\n}\n' });
  const { status, out } = init(root, '--eslint');
  expect(status).toBe(0);
  expect(out).toMatch(/eslint\.config\.js exists already and is left as it is; add to it/);
  expect(
    [...out.matchAll(/^eslint\.config\.js:(\d+): (\S+) applies/gm)].map(([, line, preset]) => `${line} ${preset}`),
  ).toEqual(['3 js.configs.recommended', '4 tseslint.configs.recommended', "5 vue.configs['flat/base']"]);
  expect(out).toMatch(/\.vscode\/settings\.json is left as it is/);
  expect(out).toMatch(/"eslint\.validate": \[/);
  expect(readFileSync(join(root, 'eslint.config.js'), 'utf8')).toBe(text);
  expect(readFileSync(join(root, '.vscode/settings.json'), 'utf8')).toBe('{\n    // mine\n    "a": 1\n}\n');
  expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(false);
});

test.each([
  ['.eslintrc.js', { '.eslintrc.js': 'module.exports = {};\n' }],
  ['package.json', { 'package.json': '{ "eslintConfig": {} }\n' }],
])('rules in %s, which ESLint 8 reads, are not switched off', (name, files) => {
  const root = makeProject(files);
  const { status, out } = init(root, '--eslint');
  expect(status).toBe(0);
  expect(out).toContain(`${name} belongs to ESLint 8`);
  expect(out).toContain(`npx @eslint/migrate-config ${name}`);
  expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(false);
});

test.each([
  ['8.57.1', '9.0.0', 'then: npm install --save-dev eslint@latest scalecard (the ESLint here is 8.57.1)\n'],
  ['9.14.0', '9.0.0', '(the ESLint here is 9.14.0)\n'],
  ['10.0.0', '0.1.0', ''],
])('the ESLint that is installed is looked at: %s', (eslint, scalecard, last) => {
  const root = makeProject({
    'node_modules/eslint/package.json': JSON.stringify({ version: eslint }),
    'node_modules/scalecard/package.json': JSON.stringify({ version: scalecard }),
  });
  const { out } = init(root, '--eslint');
  expect(out.includes('then:')).toBe(last !== '');
  expect(out).toContain(last);
});

test('settings in plain JSON are added to', () => {
  const root = makeProject({
    'scalecard.yaml': '',
    'package.json': '{ "devDependencies": { "eslint": "10", "scalecard": "1" } }',
    '.vscode/settings.json': '{\n    "a": { "b": 1 },\n    "eslint.validate": ["python", "go"]\n}\n',
  });
  const { status, out } = init(root, '--eslint');
  expect(status).toBe(0);
  expect(out).not.toMatch(/scalecard\.yaml written|npm install/);
  const settings = settingsOf(root);
  expect(settings.a).toEqual({ b: 1 });
  expect(settings['eslint.validate']?.slice(0, 3)).toEqual(['python', 'go', 'javascript']);
  expect(readFileSync(join(root, '.vscode/settings.json'), 'utf8')).toMatch(/^ {4}"a"/m);
});

test('links are not followed', () => {
  const root = makeProject({ 'elsewhere.json': '{}' });
  mkdirSync(join(root, '.vscode'));
  symlinkSync(join(root, 'elsewhere.json'), join(root, '.vscode/settings.json'));
  symlinkSync(join(root, 'nowhere'), join(root, 'eslint.config.mjs'));
  const { status, out } = init(root, '--eslint');
  expect(status).toBe(0);
  expect(out).toMatch(/settings\.json is left as it is/);
  expect(readFileSync(join(root, 'elsewhere.json'), 'utf8')).toBe('{}');
  expect(existsSync(join(root, 'nowhere'))).toBe(false);
});

test('without the flag nothing changes for ESLint', () => {
  const root = makeProject({});
  expect(init(root).status).toBe(0);
  expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(false);
  expect(init(root).status).toBe(2);
  write(root, 'x', '');
});
