import { describe, expect, it } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const manifest = (name: string, start: string, more: object = {}): string =>
  JSON.stringify({ name, private: true, scripts: { start }, dependencies: { express: '5.1.0' }, ...more });

const SERVER = "require('express')().listen(3000);\n";

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

const built = (dockerfile: string, more: Record<string, string>): Record<string, string> => ({
  Dockerfile: dockerfile,
  'compose.yaml': 'services:\n  shop:\n    build: .\n',
  ...more,
});

describe('a script that goes from folder to folder', () => {
  const packages = {
    'packages/api/package.json': manifest('api', 'node src/server.js'),
    'packages/api/src/server.js': SERVER,
    'packages/web/package.json': JSON.stringify({ name: 'web', private: true, scripts: { start: 'vite' } }),
  };
  const dockerfile = 'FROM node:24\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["sh", "/app/run.sh"]\n';

  it('starts what stands where it went', async () => {
    for (const script of [
      'cd packages/api\nnpm start\n',
      'cd /app/packages/api && exec npm start\n',
      '(cd packages/web && ls)\ncd packages/api\nnpm start\n',
      'cd packages/web && ls &\ncd packages/api\nnpm start\n',
      'cd packages/web\nls\ncd ../..\nexec node packages/api/src/server.js\n',
    ])
      expect(await entriesOf(built(dockerfile, { ...packages, 'run.sh': script }))).toEqual({
        shop: ['packages/api/src/server.js'],
      });
  });

  it('is not followed to where a variable leads', async () => {
    const files = built(dockerfile, { ...packages, 'run.sh': 'cd "$SOMEWHERE"\nnode src/server.js\n' });
    expect((await entriesOf(files)).shop).toEqual([]);
  });
});

describe('what a framework loads by its place', () => {
  const route = "import { orders } from '../../../lib/orders';\nexport const GET = () => Response.json(orders);\n";
  const next = (folder: string): Record<string, string> => ({
    [`${folder}package.json`]: JSON.stringify({
      name: 'site',
      private: true,
      scripts: { start: 'next start', build: 'next build' },
      dependencies: { next: '16.0.0' },
    }),
    [`${folder}app/api/orders/route.ts`]: route,
    [`${folder}lib/orders.ts`]: 'export const orders = [];\n',
    [`${folder}features/add.ts`]: "// Called by forms.\n'use server';\nexport async function add() {}\n",
    [`${folder}app/page.tsx`]: 'export default function Page() { return null; }\n',
    [`${folder}app/orders/page.tsx`]: 'export default async function Page() { return null; }\n',
  });
  const loaded = (folder: string): string[] => [
    `${folder}app/api/orders/route.ts`,
    `${folder}app/orders/page.tsx`,
    `${folder}features/add.ts`,
  ];

  it('counts pages that wait for something and files whose functions browsers call', async () => {
    expect(await entriesOf(next(''))).toEqual({ site: loaded('') });
  });

  it('is found where a workspace is built into a folder of its own name', async () => {
    const files = built(
      'FROM node:24\nWORKDIR /app\nCOPY --from=builder /app/web/.next/standalone ./\nCMD ["node", "./web/server.js"]\n',
      { 'package.json': JSON.stringify({ name: 'all', private: true, workspaces: ['web'] }), ...next('web/') },
    );
    expect((await entriesOf(files)).shop).toEqual(loaded('web/'));
  });

  it('is found beside another server of the same image', async () => {
    const files = built('FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["sh", "./run.sh"]\n', {
      'run.sh': '(PORT=3001 node web/server.js &)\ncd api && npm start\n',
      'api/package.json': manifest('api', 'node main.js'),
      'api/main.js': SERVER,
      ...next('web/'),
    });
    expect((await entriesOf(files)).shop).toEqual(['api/main.js', ...loaded('web/')]);
  });

  it('is part of a program that starts the framework itself', async () => {
    const files = {
      'package.json': manifest('ships', 'node app.js', { dependencies: { sails: '1.5.0' } }),
      'app.js': "require('./lift');\n",
      'lift.js': "require('sails').lift();\n",
      'api/controllers/ship/show.js': 'module.exports = { fn: async function () { return {}; } };\n',
      'test/api/controllers/show.test.js': 'it();\n',
    };
    expect(await modulesOf(files)).toEqual(['api/controllers/ship/show.js', 'app.js', 'lift.js']);
  });
});

describe('a file that is copied into a build', () => {
  it('leads from the folder that its build writes to back to the sources', async () => {
    const files = {
      'package.json': manifest('shop', 'node build/server/main.js'),
      'server/main.js': "import router from './made/server/router.js';\nrouter.listen(3000);\n",
      'server/router.ts': "import express from 'express';\nexport default express();\n",
    };
    expect(await modulesOf(files)).toEqual(['server/main.js', 'server/router.ts']);
  });
});

describe('what is no part of a server', () => {
  it('is what prepares the data before it starts', async () => {
    const files = {
      'package.json': manifest('shop', 'node bin/seed-users.js && node server.js'),
      'bin/seed-users.js': "require('pg');\n",
      'server.js': SERVER,
    };
    expect(await entriesOf(files)).toEqual({ shop: ['server.js'] });
  });

  it('is what a component does once it is shown', async () => {
    const { programs } = await gather(
      { root: '/' },
      inventoryOf({
        'package.json': manifest('shop', 'node page.tsx'),
        'page.tsx':
          "import { useEffect } from 'react';\nexport default () => { useEffect(() => { setInterval(shown, 9); }); setInterval(drawn, 9); return <b onClick={() => setInterval(clicked, 9)} />; };\n",
      }),
    );
    const uses = [...programs.values()].flatMap(({ javascript }) => javascript.uses('node:timers'));
    expect(uses.map(({ module, node }) => module.document.text.slice(...node.range))).toEqual([
      'setInterval(drawn, 9)',
    ]);
  });
});

describe('a server that a build puts elsewhere', () => {
  it('is found in the folder that the container works in', async () => {
    const files = built(
      'FROM node:24 AS builder\nWORKDIR /app\nCOPY . .\nFROM node:24\nCOPY --from=builder /app/dist/apps/api /app/apps/api\nWORKDIR /app/apps/api\nCMD ["node", "main.js"]\n',
      {
        'package.json': JSON.stringify({ name: 'all', private: true, dependencies: { express: '5.1.0' } }),
        'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(3000);\n",
      },
    );
    expect((await entriesOf(files)).shop).toEqual(['apps/api/src/main.ts']);
  });

  it('is an application where its build brings all that it needs', async () => {
    const bundled = (start: string, more: object): Record<string, string> => ({
      'package.json': JSON.stringify({
        name: 'shop',
        scripts: { start },
        devDependencies: { express: '5.1.0' },
        ...more,
      }),
      'src/index.ts': "import express from 'express';\nexpress().listen(3000);\n",
    });
    expect(await entriesOf(bundled('node dist/index.js', { private: true }))).toEqual({ shop: ['src/index.ts'] });
    expect(await entriesOf(bundled('node dist/index.js', {}))).toEqual({});
    expect(await entriesOf(bundled('node tools/try.js', { private: true }))).toEqual({});
  });

  it('is started by another script on the system that it runs on, and by a command of its own', async () => {
    const files = built('FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n', {
      'package.json': JSON.stringify({
        name: 'flows',
        private: true,
        scripts: {
          start: 'run-script-os',
          'start:windows': 'cd bin && run start',
          'start:default': 'cd bin && ./run start',
        },
        dependencies: { '@oclif/core': '4.0.0', express: '5.1.0' },
      }),
      'bin/run': "#!/usr/bin/env node\nrequire('@oclif/core').run();\n",
      'src/commands/start.ts': "import express from 'express';\nexpress().listen(3000);\n",
      'src/commands/export.ts': 'export {};\n',
    });
    expect((await entriesOf(files)).shop).toEqual(['bin/run', 'src/commands/start.ts']);
  });
});
