import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import js from '@eslint/js';
import type { ESLint, Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { findRoot } from '../src/eslint/find-root.js';
import { FILE_LANGUAGES } from '../src/eslint/languages.js';
import type { shippedRules } from '../src/eslint/shipped-rules.js';
import {
  copyOf,
  eslintIn,
  FIXTURES,
  lineOf,
  lintAll,
  lintText,
  makeProject,
  scalecard,
  TYPESCRIPT,
  VERSIONS,
  write,
} from './eslint-project.js';

const PLUGIN = resolve('dist/eslint/plugin.js');
const recommended = scalecard.configs.recommended;
const settings = readFileSync(join(FIXTURES, 'shop/shop/settings/production.py'), 'utf8');
const shop = realpathSync(copyOf('shop'));

describe.each(VERSIONS)('beside others, ESLint %s', (_, version) => {
  const typed: Linter.Config[] = [
    ...(tseslint.configs.strictTypeChecked as Linter.Config[]),
    { languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js'] } } } },
  ];

  test.each([
    ['all rules of ESLint', [js.configs.all, ...recommended]],
    ['the same, ours first', [...recommended, js.configs.all]],
    ['typed rules', [...typed, ...recommended]],
    ['the same, ours first', [...recommended, ...typed]],
  ])('rules for JavaScript that name no files find nothing in ours: %s', async (_, config) => {
    const alone = await lintText(shop, 'shop/settings/production.py', settings, { version });
    const { messages } = await lintText(shop, 'shop/settings/production.py', settings, { version, config });
    expect(messages).toEqual(alone.messages);
    expect(messages.length).toBeGreaterThan(1);
  });

  test('what others say of JavaScript and TypeScript stays as it is, to the byte', async () => {
    const root = makeProject({
      'package.json': '{ "name": "x", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }\n',
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "allowJs": true }, "include": ["*"] }\n',
      'server.js': 'var a = 1\nif (a == null) undefinedName()\n// eslint-disable-next-line no-var\nlet unused\n',
      'util.ts': 'export async function f(x: any) { x.y; return x as string }\n',
      'not-linted.vue': '<p>',
      'eslint.config.mjs': '',
    });
    const others: Linter.Config[] = [
      js.configs.recommended,
      ...(tseslint.configs.recommendedTypeChecked as Linter.Config[]),
      { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } } },
      { files: ['**/*.js'], ...(tseslint.configs.disableTypeChecked as Linter.Config) },
    ];
    const run = async (config: Linter.Config[]) => {
      const results = await eslintIn(root, { version, config }).lintFiles(['.']);
      return results.filter(({ filePath }) => /\.(?:[cm]?[jt]s|vue)$/.test(filePath));
    };
    const scoped = others.map((one) => ({ ...one, files: one.files ?? ['**/*.{js,mjs,ts}'] }));
    const without = JSON.stringify(await run(scoped));
    expect(without).toContain('no-undef');
    expect(without).toContain('@typescript-eslint/no-unsafe-member-access');
    expect(JSON.stringify(await run([...recommended, ...scoped]))).toBe(without);
    expect(JSON.stringify(await run([...scoped, ...recommended]))).toBe(without);
    expect(JSON.stringify(await run([...recommended, ...others]))).toBe(without);
  });

  test('opens no file of JavaScript or TypeScript that nobody asked for', async () => {
    const root = makeProject({ 'a.ts': 'const x: number = 1\n', 'b.tsx': '<p/>', 'c.py': 'x = 1\n', 'd.md': '# x\n' });
    const results = await eslintIn(root, { version, config: recommended }).lintFiles(['.']);
    expect(results.map(({ filePath }) => filePath.slice(root.length + 1))).toEqual(['c.py']);
  });

  test('may be named otherwise and be extended by name', async () => {
    for (const name of ['scalecard', 'growth']) {
      const config = defineConfig([{ plugins: { [name]: scalecard }, extends: [`${name}/recommended`] }]);
      const { messages } = await lintText(shop, 'shop/settings/production.py', settings, { version, config });
      expect(messages.map(({ ruleId }) => ruleId)).toContain(`${name}/session-on-one-instance`);
    }
  });
});

test('the rules are those that ship, with their levels', () => {
  const shipped = shippedRulesOfBuild();
  for (const { id, level, description } of shipped) {
    expect(scalecard.rules[id]?.meta?.docs?.description).toBe(description);
    for (const block of recommended)
      expect(block.rules?.[`scalecard/${id}`]).toBe(level === 'error' ? 'error' : 'warn');
  }
  const own = ['engine', 'project-rules', 'suppression'];
  const aliases = shipped.flatMap((rule) => rule.aliases);
  expect(Object.keys(scalecard.rules).sort()).toEqual([...shipped.map(({ id }) => id), ...aliases, ...own].sort());
  expect(Object.keys(scalecard.languages)).toEqual(FILE_LANGUAGES.map(({ id }) => id));
  for (const rule of Object.values(scalecard.rules)) expect(rule.meta).toMatchObject({ languages: ['*'], schema: [] });
});

function shippedRulesOfBuild(): ReturnType<typeof shippedRules> {
  const files = JSON.parse(readFileSync('dist/rules.json', 'utf8')) as {
    content: Partial<ReturnType<typeof shippedRules>[number]>;
  }[];
  return files.flatMap(({ content: { id, aliases = [], level = 'warning', description = '' } }) =>
    id === undefined ? [] : [{ id, aliases, level, description }],
  );
}

test('text without a file, blocks of Markdown and files outside of a project are left alone', async () => {
  const [piped] = await eslintIn(shop, { config: recommended }).lintText('x = 1\n');
  expect(piped?.messages).toEqual([]);
  const blocks: ESLint.Plugin = {
    processors: {
      blocks: { preprocess: (text) => [{ text, filename: '0.py' }], postprocess: (messages) => messages.flat() },
    },
  };
  const config: Linter.Config[] = [
    ...recommended,
    { files: ['**/*.md'], plugins: { blocks }, processor: 'blocks/blocks' },
  ];
  const settingsOnly = "SESSION_ENGINE = 'django.contrib.sessions.backends.file'\n";
  expect((await lintText(shop, 'shop/README.md', settingsOnly, { config })).messages).toEqual([]);
});

test('the root is the nearest folder that says so', () => {
  const root = makeProject({ 'a/scalecard.yaml': '', 'a/b/c.py': '', 'd/eslint.config.mjs': '', 'e/f.py': '' });
  mkdirSync(join(root, 'a/b/.git'));
  expect(findRoot(join(root, 'a/x.py'), root)).toBe(join(root, 'a'));
  expect(findRoot(join(root, 'a/b/c.py'), root)).toBe(join(root, 'a/b'));
  expect(findRoot(join(root, 'd/e/x.py'), root)).toBe(join(root, 'd'));
  expect(findRoot(join(root, 'e/f.py'), root)).toBe(root);
  expect(findRoot(join(root, 'e/f.py'), join(root, 'a'))).toBeUndefined();
  expect(findRoot(join(homedir(), 'x.py'), homedir())).toBeUndefined();
  expect(findRoot('/x.py', '/')).toBeUndefined();
});

describe("ESLint's own command", () => {
  const bins = ['eslint', 'eslint9'].map((name) =>
    join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/eslint.js'),
  );

  function project(more: Readonly<Record<string, string>> = {}, config = ''): string {
    const root = realpathSync(copyOf('shop'));
    const text = `import scalecard from ${JSON.stringify(PLUGIN)};\nexport default [...scalecard.configs.recommended, ${config}];\n`;
    const files = { 'eslint.config.mjs': text, ...more };
    for (const [path, content] of Object.entries(files)) write(root, path, content);
    return root;
  }

  function run(bin: string, root: string, words: readonly string[] = [], environment: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '.', '--format', 'json', ...words], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, SCALECARD_DEBUG: '1', ...environment },
    });
    const results = stdout === '' ? [] : (JSON.parse(stdout) as ESLint.LintResult[]);
    const lines = results
      .flatMap(({ filePath, messages }) => messages.map((one) => lineOf(filePath.slice(root.length + 1), one)))
      .sort();
    const messages = results.flatMap((one) => one.messages.map(({ message }) => message));
    return { status, lines, messages, stderr, audits: stderr.match(/^scalecard: audited/gm)?.length ?? 0 };
  }

  test.each(bins)('audits once for all files: %s', (bin) => {
    const { status, lines, audits } = run(bin, project());
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !line.includes(' scalecard/'))).toEqual([]);
    expect({ status, audits }).toEqual({ status: 1, audits: 1 });
  });

  test.each(bins)('a mistake in scalecard.yaml is told once, and stops nobody: %s', (bin) => {
    const { status, messages } = run(
      bin,
      project({ 'scalecard.yaml': 'exlude: []\n', 'a.js': 'debugger' }, '{ rules: { "no-debugger": 2 } }'),
    );
    expect(status).toBe(1);
    expect(messages.sort()).toEqual([
      'Scalecard reports nothing for this project: scalecard.yaml:1:1: unknown key "exlude"; did you mean "exclude"?',
      "Unexpected 'debugger' statement.",
    ]);
  });

  test.each(bins)('an audit that takes too long is told once, and given up: %s', (bin) => {
    const since = performance.now();
    const { status, messages } = run(bin, project(), [], { SCALECARD_ESLINT_TIMEOUT: '0.001' });
    expect({ status, messages }).toEqual({
      status: 0,
      messages: ['Scalecard reports nothing for this project: the audit took longer than 0.001 s'],
    });
    expect(performance.now() - since).toBeLessThan(60_000);
  });

  test.each(bins)('--cache sees that another file changed, and only that: %s', (bin) => {
    const root = project();
    const session = (): string => {
      const { messages } = run(bin, root, ['--cache', '--cache-location', join(root, '.cache-of-eslint')]);
      return messages.find((message) => message.startsWith('Sessions are kept in files')) ?? '';
    };
    expect(session()).toMatch(/asks for 20 instances/);
    const autoscaler = readFileSync(join(root, 'k8s/web-autoscaler.yaml'), 'utf8');
    write(root, 'k8s/web-autoscaler.yaml', autoscaler.replace('maxReplicas: 20', 'maxReplicas: 6'));
    expect(session()).toMatch(/asks for 6 instances/);
  });

  test('--fix asks for an audit where a place may have moved, not for each file that it fixes', () => {
    const fix =
      "(c) => ({ onScalecardFile: (n) => { if (!/^# new/.test(c.sourceCode.text)) c.report({ node: n, message: 'x', fix: (f) => f.insertTextBeforeRange([0, 0], '# new\\n') }); } })";
    const rule = `{ meta: { type: 'layout', fixable: 'code', languages: ['*'] }, create: ${fix} }`;
    const root = project(
      {},
      `{ files: ['**/*.py'], plugins: { head: { rules: { head: ${rule} } } }, rules: { 'head/head': 2 } }`,
    );
    const before = run(bins[0] ?? '', root);
    const inPython = new Set(
      before.lines.filter((line) => line.includes(' scalecard/')).map((line) => line.split(':')[0]),
    );
    const { lines, audits } = run(bins[0] ?? '', root, ['--fix']);
    expect(readFileSync(join(root, 'orders/models.py'), 'utf8')).toMatch(/^# new/);
    expect(audits).toBeLessThanOrEqual(2 + [...inPython].filter((path) => path?.endsWith('.py')).length);
    const moved = (line: string): string =>
      /\.py:.* scalecard/.test(line)
        ? line.replace(/:(\d+):(\d+-)(\d+)/, (_, a, b, c) => `:${Number(a) + 1}:${b}${Number(c) + 1}`)
        : line;
    expect(lines).toEqual(
      before.lines
        .filter((line) => !line.endsWith('head/head'))
        .map(moved)
        .sort(),
    );
  });

  test.each([
    ['ends', 'process.exit(3)', /^the thread of the audit ended$/],
    ['fails', 'Promise.reject(new Error("x"))', /^a defect of Scalecard itself: Error: x$/],
    ['fails behind our back', 'new Promise(() => setTimeout(() => { throw new Error("x") }))', /itself: Error: x$/],
    ['runs in a circle', 'new Promise(() => { for (;;); })', /^the audit took longer than 2 s$/],
    ['answers nothing', 'new Promise(() => setInterval(() => {}, 1000))', /^the audit took longer than 2 s$/],
  ])('goes on when the thread %s', (_, code, reason) => {
    const home = makeProject({});
    cpSync(resolve('dist'), join(home, 'dist'), { recursive: true });
    cpSync(resolve('package.json'), join(home, 'package.json'));
    const worker = readFileSync(resolve('dist/eslint/worker.js'), 'utf8');
    const broken = worker.replace(/import\("[^"]*project[^"]*"\)/, () => code);
    expect(broken).not.toBe(worker);
    write(home, 'dist/eslint/worker.js', broken);
    const root = project();
    const config = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
    write(root, 'eslint.config.mjs', config.replace(PLUGIN, join(home, 'dist/eslint/plugin.js')));
    const { status, messages } = run(bins[0] ?? '', root, [], { SCALECARD_ESLINT_TIMEOUT: '2' });
    expect({ status, messages: messages.length }).toEqual({ status: 0, messages: 1 });
    expect(messages[0]?.replace('Scalecard reports nothing for this project: ', '')).toMatch(reason);
  });
});

test('the types hold under strict rules, without skipping those of libraries', () => {
  const root = makeProject({});
  const shared = { 'package.json': '{ "type": "module" }\n' };
  for (const [path, text] of Object.entries(shared)) write(root, path, text);
  write(
    root,
    'use.ts',
    `import { defineConfig } from 'eslint/config';
import type { ESLint, Linter } from 'eslint';
import scalecard from 'scalecard/eslint';
export const plugin: ESLint.Plugin = scalecard;
export const blocks: Linter.Config[] = scalecard.configs.recommended;
export default defineConfig([
  scalecard.configs.ignores,
  { plugins: { scalecard }, extends: ['scalecard/recommended'] },
  ...scalecard.configs.recommended,
  { files: ['deploy/*.conf'], language: 'scalecard/nginx', settings: { scalecard: { level: 'warning' } } },
]);
`,
  );
  write(
    root,
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true,
        skipLibCheck: false,
        noEmit: true,
        module: 'nodenext',
        target: 'es2023',
        types: [],
        exactOptionalPropertyTypes: true,
      },
      files: ['use.ts'],
    }),
  );
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['eslint', '@eslint', '@types', '@humanwhocodes'])
    if (existsSync(resolve('node_modules', name)))
      symlinkSync(resolve('node_modules', name), join(root, 'node_modules', name));
  symlinkSync(resolve('.'), join(root, 'node_modules/scalecard'));
  const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', root], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('importing the plugin loads no audit and starts no thread', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) ?(?:[^'"]*? from )?["'](\.[^"']*)["'];?$/gm,
    ))
      visit(join(dirname(file), path ?? ''));
  };
  visit(PLUGIN);
  const bytes = [...seen].map((file) => readFileSync(file).length).reduce((a, b) => a + b);
  expect(bytes).toBeLessThan(200_000);
  const code = `await import(${JSON.stringify(PLUGIN)}); console.log(process.getActiveResourcesInfo().filter((one) => /Worker|Port/.test(one)).length)`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  expect(stdout).toBe('0\n');
});

test('a typescript parser of the user stays', async () => {
  const root = makeProject({ 'a.ts': 'const x: number = 1\n' });
  expect(await lintAll(root, { config: [...recommended, TYPESCRIPT] })).toEqual([]);
});
