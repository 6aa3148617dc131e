import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { language } from '../src/parse/javascript/index.js';

const CLI = resolve('dist/cli.js');
/** In MiB; an ordinary audit needs about 80. */
const MEMORY = 384;
const PATIENCE = 90_000;

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'scalecard-javascript-'));
});
afterAll(() => {
  execFileSync('rm', ['-rf', parent]);
});

interface Audited {
  readonly results: readonly { ruleId: string; level: string; location: { uri: string } }[];
  readonly notifications: readonly { level: string; message: string; location: { uri: string } }[];
}

/** An application that keeps its sessions in memory and runs three times: whatever else there is, that is found. */
const HONEST = {
  'compose.yaml': `services:\n  web:\n    build: .\n    command: node server.js\n    ports: ['80:3000']\n    deploy: { replicas: 3 }\n`,
  Dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
  'package.json': '{ "name": "app", "dependencies": { "express": "^5", "express-session": "^1" } }',
};
const SERVER = `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.listen(3000);
`;

function folder(tree: Readonly<Record<string, string>>): string {
  const root = join(mkdtempSync(join(parent, 'case-')), 'root');
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A status of 0 says that the audit came to its end. */
function audited(root: string): Audited {
  const done = spawnSync(
    process.execPath,
    [`--max-old-space-size=${MEMORY}`, CLI, 'audit', root, '--format', 'json', '--fail-on', 'never'],
    {
      encoding: 'utf8',
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  expect(done.stderr).toBe('');
  expect(done.status, done.signal ?? '').toBe(0);
  return JSON.parse(done.stdout) as Audited;
}

function expectHonest({ results, notifications }: Audited, server = 'server.js'): void {
  expect(
    results.filter(({ level }) => level === 'error').map(({ ruleId, location }) => [ruleId, location.uri]),
  ).toContainEqual(['session-on-one-instance', server]);
  // Nothing went wrong in us.
  expect(notifications.filter(({ level }) => level === 'error')).toEqual([]);
}

const N = 20_000;
const NESTED: Readonly<Record<string, string>> = {
  brackets: '['.repeat(N),
  'closed-brackets': '['.repeat(N) + ']'.repeat(N),
  parentheses: `${'('.repeat(N)}1${')'.repeat(N)}`,
  blocks: '{'.repeat(N),
  templates: '`${'.repeat(N),
  tagged: `a${'``'.repeat(N)}`,
  elements: '<a>'.repeat(N),
  'element-values': '<a b={'.repeat(N),
  ternaries: `a${'?b:a'.repeat(N)}`,
  'ternaries-left': `${'a?'.repeat(N)}b${':c'.repeat(N)}`,
  arrows: `${'x=>'.repeat(N)}1`,
  'async-arrows': `${'async\nx\n=>\n'.repeat(N)}1`,
  members: `a${'.b'.repeat(N)}`,
  'optional-members': `a${'?.b'.repeat(N)}`,
  indexes: `a${'[0]'.repeat(N)}`,
  calls: `a${'()'.repeat(N)}`,
  sums: `a${'+a'.repeat(N)}`,
  powers: `a${'**a'.repeat(N)}`,
  or: `a${'||a'.repeat(N)}`,
  not: `${'!'.repeat(N)}a`,
  minus: `${'-\n'.repeat(N)}a`,
  assignments: `${'a='.repeat(N)}1`,
  commented: `${'a/**/=/**/'.repeat(N)}1`,
  news: `${'new\n'.repeat(N)}a`,
  awaits: `${'await\n'.repeat(N)}a`,
  labels: `${'a\n:\n'.repeat(N)};`,
  ifs: `${'if(1)\n'.repeat(N)};`,
  elses: `${'if(a){}\nelse '.repeat(N)};`,
  dos: 'do\n'.repeat(N),
  loops: 'for(a in b)\n'.repeat(N),
  switches: 'switch(1){case 1:'.repeat(N),
  functions: 'function f(){'.repeat(N),
  classes: 'class a extends '.repeat(N),
  decorators: '@a('.repeat(N),
  'type-arguments': `type A=${'A<'.repeat(N)}`,
  'type-arrays': `type A=B${'[]'.repeat(N)}`,
  'type-conditions': `type A=${'B extends C ? D : '.repeat(N)}`,
  'type-unions': `type A=${'|A'.repeat(N)}`,
  keyofs: `type A=${'keyof '.repeat(N)}a`,
  'not-null': `a${'!'.repeat(N)}`,
  mixed: `{${'!'.repeat(900)}`.repeat(100),
  objects: `x=${'{a:'.repeat(N)}`,
  patterns: `const ${'{a:'.repeat(N)}`,
  spreads: `x=${'[...'.repeat(N)}`,
};

describe('nested without end', () => {
  for (const [name, text] of Object.entries(NESTED))
    test(name, () => {
      // It gives a tree and what was wrong, and the process lives on.
      for (const ending of ['tsx', 'js']) expect(language.parse(text, `${name}.${ending}`).tree.type).toBe('Program');
    });

  test('all of them in one application', () => {
    const files = Object.entries(NESTED).map(([name, text]): [string, string] => [`nested/${name}.tsx`, text]);
    const requires = files.map(([path]) => `require('./${path}');`).join('\n');
    const found = audited(folder({ ...HONEST, ...Object.fromEntries(files), 'server.js': `${requires}\n${SERVER}` }));
    expectHonest(found);
    const told = found.notifications.filter(({ location }) => location.uri.startsWith('nested/'));
    expect(new Set(told.map(({ location }) => location.uri)).size).toBeGreaterThan(30);
    // A warning where it is too deep, a note where a line is longer than anyone writes.
    expect(told.every(({ level }) => level === 'warning' || level === 'note')).toBe(true);
  });

  test('as deep as it is read, with code on top of it', () => {
    const deep = (open: string, inner: string, close: string, times: number): string =>
      `module.exports = ${open.repeat(times)}${inner}${close.repeat(times)};\n`;
    const found = audited(
      folder({
        ...HONEST,
        'a.js': deep('[', '1', ']', 900),
        'b.js': deep('{ a: ', '1', '}', 450),
        'c.js': deep('f(', 'f', ')', 450),
        'd.js': deep('() => ', 'd', '', 300),
        'e.js': `module.exports = require('./a')${'[0]'.repeat(900)};`,
        'f.js': deep('c ? ', '1', ' : 2', 450),
        'server.js': `const a = require('./a'), b = require('./b'), c = require('./c'), d = require('./d'), e = require('./e'), f = require('./f');
a(b.a.a.a, c(d()()()), e, f);
${SERVER}`,
      }),
    );
    expectHonest(found);
  });
});

describe('a graph of modules that leads nowhere', () => {
  test('circles, errors, bundles, names of the language and paths out of the root', () => {
    const root = folder({
      ...HONEST,
      'package.json': `{ "name": "__proto__", "__proto__": { "main": "evil.js" }, "constructor": { "prototype": {} }, "main": "../outside.js",
        "dependencies": { "express": "^5", "express-session": "^1", "__proto__": "1", "constructor": "1", "toString": 1 },
        "workspaces": ["../*", "/etc", "packages/*", "__proto__", "**/../../**"], "imports": { "#out": "../outside.js", "#loop": "#loop" },
        "exports": { "./*": "../*", ".": { "__proto__": "../outside.js" } }, "scripts": { "__proto__": "node ../outside.js" } }`,
      'tsconfig.json': `{ "extends": ["./a.json", "./tsconfig.json", "../outside.json", 7], "compilerOptions": { "baseUrl": "../..", "__proto__": { "outDir": ".." }, "paths": { "*": ["../../../*"], "@/*": ["/etc/*"], "__proto__": ["../outside.js"] } } }`,
      'a.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": [] } }',
      'packages/x/package.json': '{ "name": "x", "main": "../y" }',
      'packages/y/package.json': '{ "name": "y", "main": "../x" }',
      'a.js': `const b = require('./b'); exports.store = b.store; exports.__proto__ = b; module.exports.constructor = b.constructor;`,
      'b.js': `const a = require('./a'); exports.store = a.store; module.exports = { ...a, ...module.exports, get store() { return require('./a').store; } };`,
      'index.js': `module.exports = require('.');`,
      'self.js': `module.exports = module.exports; exports = module.exports = exports; module.exports.self = require('./self').self.self;`,
      'star.mjs': `export * from './stars.mjs'; export * from './star.mjs'; export * as all from './star.mjs'; export { all as default } from './stars.mjs';`,
      'stars.mjs': `export * from './star.mjs'; export { x as all, all as x } from './star.mjs';`,
      'broken.js': `const app = ; ) ( function { class`,
      'bytes.js': `\u0000\ufffe\ud800 = 'x'; \u2028 \u2029 // \u202e`,
      'bundle.js': `!function(){${'var a=1;'.repeat(100_000)}}()`,
      '__proto__.js': `const __proto__ = new Map(); const constructor = {}; constructor.hasOwnProperty = __proto__; module.exports = { __proto__, ['__proto__']: constructor, toString() {} };`,
      'getters.js': `class A { static get A() { return A.A; } get b() { return this.b; } set b(c) { this.b = c; } static #p = A.#p; static { this.q = this.q; } }
Object.defineProperty(exports, 'x', { get() { return exports.x; } }); Object.defineProperty(exports, 'y', { value: exports.y });
module.exports.z = new Proxy(exports, exports); with_ = new A().b.b.b; var { __proto__: { constructor: q = q } = q } = q;`,
      'many.js': `${Array.from({ length: 3000 }, (_, i) => `var v${i} = v${(i + 1) % 3000} || v${(i * 7) % 3000};`).join('\n')}\nuse(v0.a, v1.b());`,
      'spread.js': `let o = {}; ${'o = { ...o, ...o, a: o };'.repeat(300)} use(o.a.a.a.a, o.b);`,
      'server.js': `require('./packages/x'); require('y'); require('./a'); require('./b'); require('./index'); require('./self'); import('./star.mjs'); import('./stars.mjs'); require('./broken'); require('./bytes');
require('./bundle'); require('./__proto__'); require('./getters'); require('./many'); require('./spread'); require('../outside'); require('/etc/passwd'); require('@/passwd');
require('#out'); require('#loop'); require('__proto__'); require('constructor'); require('toString'); require('./linked/outside'); require('./link'); require(require); require(\`./\${require}\`);
require(''); require('/'); require('..'); require('./'); require('../../../../../../../../etc/hosts'); require('app'); require('app/outside'); require('file:///etc/passwd');
const { default: all, x } = await import('./star.mjs'); use(all.all.all, x.y);
const options = { __proto__: { store: 1 }, ...require('./__proto__'), ...require('./spread') }; options.__proto__.store.constructor();
${SERVER}`,
    });
    const outside = `${SERVER}\nmodule.exports = 'outside';`;
    writeFileSync(join(root, '..', 'outside.js'), outside);
    writeFileSync(join(root, '..', 'outside.json'), '{ "compilerOptions": { "outDir": "." } }');
    symlinkSync(join(root, '..'), join(root, 'linked'));
    symlinkSync(join(root, '..', 'outside.js'), join(root, 'link.js'));
    symlinkSync(root, join(root, 'round'));
    const found = audited(root);
    expectHonest(found);
    expect(JSON.stringify(found)).not.toContain('outside.js');
    const told = found.notifications.map(({ location }) => location.uri);
    expect(told).toContain('broken.js');
    expect(told).toContain('bundle.js');
    expect({}).not.toHaveProperty('store');
  });

  test('types that the checker would count for ever', () => {
    const root = folder({
      ...HONEST,
      'compose.yaml': HONEST['compose.yaml'].replace('server.js', 'server.ts'),
      Dockerfile: HONEST.Dockerfile.replace('server.js', 'server.ts'),
      'bomb.ts': `export class Own { boom() {} }
type Long<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : Long<N, [...A, 0]>;
type Wide<A extends string> = A extends \`\${infer H}\${infer T}\` ? Wide<T> | \`\${H}\${Wide<T>}\` | \`\${Wide<T>}\${H}\` : A;
type Own1<T> = { [K in keyof T]: Own1<T[K]> & Own1<T> };
declare const all: { [K in Wide<'abcdefghijklmnop'>]: Own1<Long<999>> };
export const f = <T extends Own1<T>>(t: T): T => f(f(f(f(t))));
export const made = new Map<string, Own>([['a', new Own()]]);
made.get('a')?.boom();
all.a.boom(); f(f).boom(); f({ ...all, ...f }).boom();
interface Circle extends Circle { boom: Circle['boom'] } declare const circle: Circle; circle.boom.boom();
class Sub extends (Sub as any as typeof Own) {} new Map([['a', new Sub()]]).get('a')!.boom();
`,
      'server.ts': `import express from 'express';\nimport session from 'express-session';\nimport './bomb.ts';\nconst app = express();\napp.use(session({ secret: process.env.SECRET! }));\napp.listen(3000);\n`,
    });
    expectHonest(audited(root), 'server.ts');
  });
});
