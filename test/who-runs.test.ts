import { describe, expect, it } from 'vitest';
import { audit, gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

/** Express requests change a Map that lives as long as the module. */
const BASKETS = `const { Router } = require('express');
const baskets = new Map();
const router = Router();
router.post('/baskets/:id', (req, res) => {
  baskets.set(req.params.id, req.body);
  res.json(baskets.get(req.params.id));
});
module.exports = router;
`;
const SERVER = `const app = require('express')();
app.use(require('./baskets'));
app.listen(3000);
`;

const manifest = (name: string, start: string, more: object = {}): string =>
  JSON.stringify({ name, private: true, scripts: { start }, dependencies: { express: '5.1.0' }, ...more });

const of = (files: Record<string, string>) => audit({ root: '/' }, inventoryOf(files));

async function entriesOf(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { programs } = await gather({ root: '/' }, inventoryOf(files));
  return Object.fromEntries(
    [...programs].map(([name, { javascript }]) => [name, javascript.entries.map((one) => one.path)]),
  );
}

async function modulesOf(files: Record<string, string>): Promise<string[]> {
  const { programs } = await gather({ root: '/' }, inventoryOf(files));
  return [...programs.values()].flatMap(({ javascript }) => javascript.modules.map((one) => one.path));
}

describe('the same code in a server and in a page for browsers', () => {
  const files = {
    'apps/api/package.json': manifest('api', 'node server.js'),
    'apps/api/server.js': SERVER,
    'apps/api/baskets.js': BASKETS,
    'apps/page/package.json': JSON.stringify({
      name: 'page',
      private: true,
      scripts: { start: 'vite', build: 'vite build' },
      dependencies: { react: '19.2.0' },
    }),
    'apps/page/src/main.js': "require('./baskets');\n",
    'apps/page/src/baskets.js': BASKETS,
  };

  it('is told of the server alone', async () => {
    const { evaluation, model } = await of(files);
    expect(model.components.map(({ name, directory }) => [name, directory])).toEqual([['api', 'apps/api']]);
    const found = evaluation.results.filter(({ ruleId }) => ruleId === 'shared-memory-per-process');
    expect(found.map(({ component, location }) => [component, location.uri])).toEqual([['api', 'apps/api/baskets.js']]);
    expect(evaluation.results.filter(({ location }) => location.uri.startsWith('apps/page/'))).toEqual([]);
  });

  it('is told of both where both are servers, each by its own name', async () => {
    const { evaluation } = await of({ ...files, 'apps/page/package.json': manifest('page', 'node src/main.js') });
    const found = evaluation.results.filter(({ ruleId }) => ruleId === 'shared-memory-per-process');
    expect(found.map(({ component }) => component).sort()).toEqual(['api', 'page']);
  });
});

describe('the folder that an image works in', () => {
  const compose = 'services:\n  server:\n    build: { context: ., dockerfile: server.Dockerfile }\n';
  const files = {
    'package.json': JSON.stringify({
      name: 'meetings',
      private: true,
      workspaces: ['server'],
      scripts: { start: 'docker compose up' },
    }),
    'server/package.json': manifest('server', 'node ./src/app.js'),
    'server/src/app.ts': "import express from 'express';\nexpress().listen(3000);\n",
  };

  it('is told by what is copied into it from another stage', async () => {
    const dockerfile = `FROM node:24 AS build
WORKDIR /usr/meetings
COPY server ./server
FROM node:24
WORKDIR /usr/meetings
COPY server/package.json ./server/package.json
COPY --from=build /usr/meetings/server/src ./server/src
WORKDIR /usr/meetings/server
CMD ["npm", "start"]
`;
    expect(await entriesOf({ ...files, 'compose.yaml': compose, 'server.Dockerfile': dockerfile })).toEqual({
      server: ['server/src/app.ts'],
    });
  });

  it('is one of its name where what is copied was made elsewhere, and never that of a script put beside the code', async () => {
    const dockerfile = `FROM node:24
WORKDIR /app
COPY ./meta .
COPY docker/run.sh ./server/run.sh
WORKDIR /app/server
CMD ["node", "src/app.js"]
`;
    const all = { ...files, 'compose.yaml': compose, 'server.Dockerfile': dockerfile, 'docker/run.sh': 'node x\n' };
    expect(await entriesOf(all)).toEqual({ server: ['server/src/app.ts'] });
  });
});

describe('an entry script that is called by its name', () => {
  it('is found where the image keeps programs, and leads to the file that it starts', async () => {
    const files = {
      Dockerfile: `FROM node:24 AS build
WORKDIR /srv/forum
COPY . /srv/forum/
RUN cp /srv/forum/install/package.json /srv/forum/
FROM node:24-slim
WORKDIR /srv/forum
COPY --from=build /srv/forum/ /srv/forum/
COPY --from=build /srv/forum/install/entry.sh /usr/local/bin/
ENTRYPOINT ["tini", "--", "entry.sh"]
`,
      'compose.yaml': 'services:\n  forum:\n    build: .\n',
      'install/entry.sh': '#!/bin/sh\nmain() {\n  npm start -- --silent\n}\nmain "$@"\n',
      'install/package.json': manifest('forum', 'node loader.js'),
      'loader.js': "const { fork } = require('child_process');\nfork(require('path').join(__dirname, 'app.js'));\n",
      'app.js': "require('express')().listen(3000);\n",
    };
    expect(await entriesOf(files)).toEqual({ forum: ['loader.js'] });
    expect(await modulesOf(files)).toEqual(['app.js', 'loader.js']);
  });
});

describe('a folder whose files are all loaded', () => {
  const files = (load: string): Record<string, string> => ({
    'package.json': manifest('shop', 'node server.js'),
    'server.js': `const fs = require('fs');\nconst { join } = require('path');\nconst dir = join(__dirname, 'routes');\n${load}\nrequire('express')().listen(3000);\n`,
    'routes/a.js': 'module.exports = 1;\n',
    'routes/b/index.js': 'module.exports = 2;\n',
    'routes/a.test.js': 'module.exports = 3;\n',
    'others/c.js': 'module.exports = 4;\n',
  });

  it('is read by a path that is put together', async () => {
    const loads = [
      'fs.readdirSync(dir).forEach((file) => require(join(dir, file)));',
      'for (const file of fs.readdirSync(dir)) { const path = join(dir, file); require(path); }',
      'for (const file of fs.readdirSync(dir)) require(`./routes/${file}`);',
      "for (const file of fs.readdirSync(dir)) require('./routes/' + file);",
    ];
    for (const load of loads)
      expect(await modulesOf(files(load)), load).toEqual(['routes/a.js', 'routes/b/index.js', 'server.js']);
  });

  it('is not, where only a name that is chosen elsewhere is loaded', async () => {
    const server = "require('express')().listen(3000);\nrequire(`./routes/${process.argv[2]}`);\n";
    expect(await modulesOf({ ...files(''), 'server.js': server })).toEqual(['server.js']);
  });
});

describe('what a framework loads by its place', () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'site',
      private: true,
      scripts: { start: 'next start' },
      dependencies: { next: '16.0.0' },
    }),
    'app/api/orders/route.ts':
      "import { orders } from '../../../lib/orders';\nexport const GET = () => Response.json(orders);\n",
    'app/actions.ts': "'use server';\nimport { Basket } from './basket';\nexport const draw = () => Basket;\n",
    'app/page.tsx': "import { Basket } from './basket';\nexport default () => <Basket />;\n",
    'app/basket.tsx':
      "'use client';\nimport { chosen } from '../lib/chosen';\nexport const Basket = () => <b>{chosen.size}</b>;\n",
    'lib/orders.ts': 'export const orders = [];\n',
    'lib/chosen.ts': 'export const chosen = new Map();\n',
  };

  it('starts there, and ends where a module says that it is for browsers', async () => {
    expect(await modulesOf(files)).toEqual(['app/actions.ts', 'app/api/orders/route.ts', 'lib/orders.ts']);
  });

  it('counts where its build is started by a file that only the build makes', async () => {
    const dockerfile = 'FROM node:24\nWORKDIR /app\nCOPY .next/standalone ./\nCMD ["node", "server.js"]\n';
    const deployed = { ...files, Dockerfile: dockerfile, 'compose.yaml': 'services:\n  site:\n    build: .\n' };
    expect((await entriesOf(deployed)).site).toEqual(['app/actions.ts', 'app/api/orders/route.ts']);
  });
});

describe('code that was not read', () => {
  const compose = 'services:\n  shop:\n    image: ghcr.io/acme/shop:1\n    ports: ["80:3000"]\n';

  it('is said not to be, and earns nothing', async () => {
    const { notifications, scorecard, model } = await of({
      'package.json': manifest('shop', 'node made-elsewhere/server.js'),
    });
    expect(notifications.map(({ message }) => message)).toEqual([
      'its code was not read: no file that can be read here is known to be started by "node made-elsewhere/server.js"',
    ]);
    expect(scorecard.coverage).toBeLessThan(0.5);
    expect(scorecard.grade).toBeNull();
    expect(model.components[0]?.properties.ceiling.value).toMatchObject({ unknown: expect.any(String) as string });
  });

  it('is not, where all that the started file loads is made by a build', async () => {
    const { notifications } = await of({
      'package.json': manifest('shop', 'node build/server/main.js'),
      'server/main.js':
        "import express from 'express';\nimport routes from './made/routes.js';\nexpress().use(routes).listen(3000);\n",
    });
    expect(notifications.map(({ message }) => message)).toEqual([
      'its code was not read: no file that can be read here is known to be started by "node build/server/main.js"',
    ]);
  });

  it('is not in the repository where only an image that somebody made is deployed', async () => {
    const { notifications, scorecard } = await of({ 'compose.yaml': compose });
    expect(notifications.map(({ message }) => message)).toContain(
      'its code was not read: nothing in the repository tells where it is',
    );
    expect(scorecard.grade).toBeNull();
  });

  it('is no question of products, of what others make beside the own code, and of what was read', async () => {
    const { notifications } = await of({
      'package.json': manifest('shop', 'node server.js'),
      'server.js': SERVER,
      'baskets.js': BASKETS,
      Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      'compose.yaml': `services:
  shop: { build: . }
  cache: { image: 'redis:8' }
  mail: { image: 'maker/mail-catcher:1' }
`,
    });
    expect(notifications.filter(({ message }) => message.includes('was read'))).toEqual([]);
  });

  it('is found by the name that the repository gives itself', async () => {
    const files = {
      'package.json': manifest('@acme/shop', 'node server.js'),
      'server.js': SERVER,
      'baskets.js': BASKETS,
      Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      'tools/Dockerfile': 'FROM node:24\nCMD ["node", "tool.js"]\n',
      'compose.yaml': compose,
    };
    expect(await entriesOf(files)).toEqual({ shop: ['server.js'] });
  });
});

describe('a package that others install and call', () => {
  it('is no application, whatever its scripts try', async () => {
    const library = { files: ['lib'], main: 'lib/index.js', private: false };
    const files = (more: object): Record<string, string> => ({
      'package.json': manifest('queue', 'node server.js', more),
      'server.js': SERVER,
    });
    expect(await entriesOf(files(library))).toEqual({});
    expect(await entriesOf(files({ ...library, bin: 'server.js' }))).toEqual({ queue: ['server.js'] });
  });
});
