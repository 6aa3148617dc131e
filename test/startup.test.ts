import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CLI = resolve('dist/cli.js');

/** What costs to load, by the folder of its package. */
const HEAVY = ['oxc-parser', '@oxc-parser', '@typescript-eslint', 'ts-morph', '@ts-morph', 'typescript'];

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'scalecard-startup-'));
  // Everything that is asked of the loader of CommonJS, and all native code; the program itself is bundled.
  writeFileSync(
    join(parent, 'trace.cjs'),
    `const Module = require('node:module');
const loaded = [];
for (const name of ['_load', '_resolveFilename']) {
  const own = Module[name];
  Module[name] = function (...given) { loaded.push(String(given[0])); return Reflect.apply(own, this, given); };
}
const open = process.dlopen;
process.dlopen = function (...given) { loaded.push(String(given[1])); return Reflect.apply(open, this, given); };
process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify([...loaded, ...Object.keys(require.cache)]));
});`,
  );
});
afterAll(() => {
  rmSync(parent, { recursive: true });
});

/** Which of them an audit of these files loads. */
function loadedBy(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(parent, 'case-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const list = join(parent, 'loaded.json');
  const words = ['--require', join(parent, 'trace.cjs'), CLI, 'audit', root, '--format', 'json', '--fail-on', 'never'];
  const done = spawnSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, LOADED: list } });
  expect(done.stderr).toBe('');
  expect(done.status).toBe(0);
  const loaded = JSON.parse(readFileSync(list, 'utf8')) as string[];
  return HEAVY.filter((name) =>
    loaded.some((one) => one === name || one.startsWith(`${name}/`) || one.includes(`/node_modules/${name}/`)),
  );
}

const compose = (command: string): string =>
  `services:\n  web:\n    image: node\n    working_dir: /app\n    volumes: ['.:/app']\n    ports: ['80:3000']\n    command: ${command}\n`;
const MANIFEST = '{ "dependencies": { "express": "^5" } }';

test('a folder of Python loads nothing of JavaScript', () => {
  const loaded = loadedBy({
    'compose.yaml': compose('gunicorn x.wsgi').replace('image: node', 'build: .'),
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "x.settings")\n',
    'x/settings.py': 'INSTALLED_APPS = ["django.contrib.sessions"]\nDATABASES = {}\n',
  });
  expect(loaded).toEqual([]);
});

test('an application in JavaScript loads the parser, and no types', () => {
  const loaded = loadedBy({
    'compose.yaml': compose('node server.js'),
    'package.json': MANIFEST,
    'server.js': `const express = require('express');\nconst rooms = new Map();\nclass Room { say() {} }\nconst app = express();\napp.get('/', (req, res) => rooms.get(req.query.room).say());\napp.listen(3000);`,
  });
  expect(loaded).toEqual(['oxc-parser', '@oxc-parser', '@typescript-eslint']);
});

const typed = (use: string): Record<string, string> => ({
  'compose.yaml': compose('node server.ts'),
  'package.json': MANIFEST,
  'server.ts': `import express from 'express';\nclass Room { say() {} }\nconst room = new Room();\nconst rooms = new Map<string, Room>();\nconst app = express();\napp.get('/', (req, res) => ${use});\napp.listen(3000);`,
});

test('one in TypeScript loads no types either, where syntax tells everything', () => {
  expect(loadedBy(typed('room.say()'))).toEqual(['oxc-parser', '@oxc-parser', '@typescript-eslint']);
});

test('the types are loaded where only they tell what is called', () => {
  expect(loadedBy(typed('rooms.get(req.query.room)!.say()'))).toEqual(
    expect.arrayContaining(['oxc-parser', '@typescript-eslint', 'ts-morph', '@ts-morph']),
  );
});
