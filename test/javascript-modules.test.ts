import { expect, it } from 'vitest';
import { specifiersIn } from '../src/link/javascript/specifiers.js';
import { expression, programOf, told } from './javascript-sources.js';

it('what is written to exports under another name, and by functions that are given them', async () => {
  const program = await programOf(
    {
      'user/index.js': `const User = module.exports;
User.one = function () {};
require('./data')(User, 1);
require('./more').mix(1, User);`,
      'user/data.js': `module.exports = function (Given) {
  Given.two = () => {};
  require('./deeper')(Given);
};`,
      'user/deeper.js': `module.exports = (User) => {
  User.three = () => {};
};`,
      'user/more.js': `exports.mix = (a, User) => { a.four = () => {}; };`,
      'main.js': `const user = require('./user');
user.one(); user.two(); user.three(); user.four();`,
    },
    'main.js',
  );
  const of = (text: string): string[] => told(program, program.trace(expression(program, 'main.js', text)));
  expect(of('user.one')).toEqual(['user/index.js:2']);
  expect(of('user.two')).toEqual(['user/data.js:2']);
  expect(of('user.three')).toEqual(['user/deeper.js:2']);
  expect(of('user.four')).toEqual(['unknown']);
});

it('what a name held before counts where it is wrapped', async () => {
  const program = await programOf(
    { 'main.js': `const { wrap } = require('pkg');\nlet app = new Map();\napp = wrap(app);\nuse(app);` },
    'main.js',
  );
  expect(told(program, program.trace(expression(program, 'main.js', 'app')))).toEqual(['pkg wrap ()']);
  // What is read in an assignment is what was there before it.
  const [use] = program.uses('pkg');
  const given = use?.node.arguments[0];
  expect(use && given && told(program, program.trace({ module: use.module, node: given }))).toEqual([
    'node:global Map new',
  ]);
});

it('modules that a JSON file names, from the name of the package on, are loaded where a path is computed', async () => {
  const files = {
    'package.json': '{ "name": "acme-pad", "main": "main.js" }',
    'hooks.json':
      '{ "hooks": { "start": "acme-pad/hooks/socket", "stop": "acme-pad/hooks/stop:shutDown", "page": "acme-pad-page/hooks/page" } }',
    'hooks/socket.js': '',
    'hooks/stop.js': '',
    'hooks/page.js': '',
  };
  const main = `for (const name of Object.values(readAll())) require(name);`;
  const computed = await programOf({ ...files, 'main.js': main }, 'main.js');
  expect(computed.modules.map(({ path }) => path)).toEqual(['hooks/socket.js', 'hooks/stop.js', 'main.js']);
  const written = await programOf({ ...files, 'main.js': `require('./hooks/page');` }, 'main.js');
  expect(written.modules.map(({ path }) => path)).toEqual(['hooks/page.js', 'main.js']);
});

it('folders that a package loads, also where the beginning of their path is not known', async () => {
  const program = await programOf(
    {
      'server/main.js': `const load = require('auto-load');
load(path.join(global.ROOT, '/controllers'));
require('require-all')({ dirname: __dirname + '/models' });`,
      'server/controllers/upload.js': '',
      'server/controllers/upload.test.js': '',
      'server/models/page.js': '',
      'controllers/other.js': '',
      'server/main/unrelated.js': '',
    },
    'server/main.js',
  );
  expect(program.modules.map(({ path }) => path)).toEqual([
    'server/controllers/upload.js',
    'server/main.js',
    'server/models/page.js',
  ]);
});

it('folders that a server of Fastify loads where it registers a plugin for that, and no other that it is given', async () => {
  const program = await programOf(
    {
      'package.json': '{ "type": "module" }',
      'src/main.ts': `import path from 'node:path';
import autoload from '@fastify/autoload';
import other from './other.js';
export default async function app(fastify) {
  await fastify.register(autoload, { dir: path.join(import.meta.dirname, 'plugins'), options: {} });
  fastify.register(other, { dir: path.join(import.meta.dirname, 'pages') });
  fastify.register(autoload, { dir: process.argv[2] });
}`,
      'src/other.ts': '',
      'src/plugins/session.ts': '',
      'src/plugins/deep/limit.ts': '',
      'src/pages/page.ts': '',
    },
    'src/main.ts',
  );
  expect(program.modules.map(({ path }) => path)).toEqual([
    'src/main.ts',
    'src/other.ts',
    'src/plugins/deep/limit.ts',
    'src/plugins/session.ts',
  ]);
  const required = await programOf(
    {
      'main.js': `const { fastifyAutoload: load } = require('@fastify/autoload');
module.exports = async (app) => app.register(load, { dir: require('path').join(__dirname, 'routes') });`,
      'routes/users/index.js': '',
    },
    'main.js',
  );
  expect(required.modules.map(({ path }) => path)).toEqual(['main.js', 'routes/users/index.js']);
});

it('files that a pattern of the same module fits', async () => {
  const program = await programOf(
    {
      'package.json': '{}',
      'main.js': `import { globSync } from 'glob';
for (const file of globSync('plugins/*/server/!(*.test|schema).[jt]s')) await import(path.resolve(file));`,
      'plugins/a/server/index.ts': '',
      'plugins/a/server/index.test.ts': '',
      'plugins/a/client/index.ts': '',
      'plugins/a/server/schema.ts': '',
    },
    'main.js',
  );
  expect(program.modules.map(({ path }) => path)).toEqual(['main.js', 'plugins/a/server/index.ts']);
});

it('where what is started is built from something that nothing names, what developers run is read, else what listens', async () => {
  const entriesOf = async (files: Record<string, string>): Promise<readonly string[]> => {
    const program = await programOf(files, 'dist/bundle.js');
    return program.entries.map(({ path }) => path);
  };
  const scripts = (dev: string): string =>
    JSON.stringify({
      name: 'shop',
      scripts: { dev, 'dev:client': 'vite-node web/start.ts', start: 'node dist/bundle.js' },
    });
  expect(
    await entriesOf({
      'package.json': scripts(
        "concurrently 'vite' 'NODE_ENV=development vite-node -c vite.config.ts --watch server/bin/start.ts'",
      ),
      'server/bin/start.ts': '',
      'web/start.ts': '',
    }),
  ).toEqual(['server/bin/start.ts']);
  expect(
    await entriesOf({ 'package.json': scripts('vite'), 'src/index.ts': `app.listen(3000);`, 'web/start.ts': '' }),
  ).toEqual(['src/index.ts']);
  expect(
    await entriesOf({
      'package.json': scripts('node scripts/build.js'),
      'scripts/build.js': '',
      'src/index.ts': 'export {};',
    }),
  ).toEqual([]);
});

it('names of modules are looked for in time that grows with the text only', () => {
  // Took minutes, where blanks could be shared out between two parts of the pattern.
  const text = `import a from 'a';\nfrom ${' '.repeat(200_000)}\n${'require'.repeat(30_000)}`;
  expect(specifiersIn(text)).toEqual(['a']);
});
