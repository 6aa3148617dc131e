import { expect, it } from 'vitest';
import { createJavaScriptProgram } from '../src/link/javascript/create-javascript-program.js';
import type { JavaScriptProgram } from '../src/link/javascript/javascript-program.js';
import type { Launch } from '../src/link/program.js';
import { expression, sourcesOf, told } from './javascript-sources.js';

const FILES = {
  'main.js': `const Redis = require('ioredis');
const memory = require('./memory');
const plain = 'the same for all';
const url = process.env.REDIS_URL || 'redis://here';
const other = process.env.OTHER;
const client = process.env.SHARED === 'yes' ? new Redis(url) : memory;
client.get('key');
use(plain, url, other);`,
  'memory.js': `module.exports = new Map();`,
};

type Told = Partial<Launch> & { readonly variables?: Readonly<Record<string, string>> };

/** Components that start the same files, each told something of its own. */
async function componentsOf(
  files: Readonly<Record<string, string>>,
  ...launches: readonly Told[]
): Promise<JavaScriptProgram[]> {
  const sources = await sourcesOf(files, 'main.js');
  return launches.map(({ variables = {}, ...more }, at) =>
    createJavaScriptProgram({
      ...sources,
      launch: {
        ...sources.launch,
        component: `component${at}`,
        environment: new Map(
          Object.entries(variables).map(([name, value]) => [
            name,
            {
              value,
              location: {
                uri: `${at}.env`,
                region: { startLine: at + 1, startColumn: 1, endLine: at + 1, endColumn: 2 },
              },
            },
          ]),
        ),
        ...more,
      },
    }),
  );
}

function valueOf(program: JavaScriptProgram | undefined, text: string): unknown {
  if (program === undefined) throw new Error('no such component');
  const value = program.value(expression(program, 'main.js', text));
  return [value.kind === 'str' ? value.value : value.kind, value.origin.locations.map(({ uri }) => uri)];
}

const clientOf = (program: JavaScriptProgram | undefined): string[] =>
  program === undefined ? [] : told(program, program.trace(expression(program, 'main.js', 'client')));

it('components that start the same code and are told the same share it, each with its own commands', async () => {
  const location = (line: number): Launch['commands'][number]['location'] => ({
    uri: 'Procfile',
    region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
  });
  const [web, worker] = await componentsOf(
    FILES,
    { commands: [{ words: ['node', 'main.js', '--web'], location: location(1) }] },
    { commands: [{ words: ['node', 'main.js', '--worker'], location: location(2) }] },
  );
  expect(web?.uses('ioredis')).toHaveLength(1);
  expect(worker?.uses('ioredis')).toBe(web?.uses('ioredis'));
  expect(worker?.modules).toBe(web?.modules);
  expect(web?.commands.map(({ words }) => words.at(-1))).toEqual(['--web']);
  expect(worker?.commands.map(({ words }) => words.at(-1))).toEqual(['--worker']);
  expect(web?.entries[0]?.evidence[0]?.location.region.startLine).toBe(1);
  expect(worker?.entries[0]?.evidence[0]?.location.region.startLine).toBe(2);
});

it('no value of one component reaches another, whichever is asked first', async () => {
  const launches = [
    { variables: { REDIS_URL: 'redis://one', SHARED: 'yes' } },
    { variables: { REDIS_URL: 'redis://two', OTHER: 'only mine' } },
    {},
  ];
  const expected = [
    [['redis://one', ['0.env']], ['ioredis new']],
    [['redis://two', ['1.env']], ['node:global Map new']],
    [['redis://here', ['main.js']], ['node:global Map new']],
  ];
  // The first that asks anything brings the code; then either it or another is the first to ask what only some are told.
  for (const [order, then] of [
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [
      [0, 1, 2],
      [2, 1, 0],
    ],
    [
      [2, 1, 0],
      [1, 0, 2],
    ],
    [
      [1, 2, 0],
      [0, 2, 1],
    ],
  ] as const) {
    const programs = await componentsOf(FILES, ...launches);
    // All hold the same code before the first of them is asked about what only some are told.
    for (const at of order) expect(valueOf(programs[at], 'plain')).toEqual(['the same for all', ['main.js']]);
    expect(programs[1]?.modules).toBe(programs[0]?.modules);
    for (const at of then) {
      expect([at, valueOf(programs[at], 'url')]).toEqual([at, expected[at]?.[0]]);
      expect([at, clientOf(programs[at])]).toEqual([at, expected[at]?.[1]]);
    }
    expect(programs.map((one) => (valueOf(one, 'other') as [unknown])[0])).toEqual(['none', 'only mine', 'none']);
    // And what was told before stays as it was.
    for (const at of order) expect([at, valueOf(programs[at], 'url')]).toEqual([at, expected[at]?.[0]]);
  }
});

it('what the same value of a variable is told from stays that of each component', async () => {
  const variables = { REDIS_URL: 'redis://same' };
  const programs = await componentsOf(FILES, { variables }, { variables });
  expect(programs.map((one) => valueOf(one, 'url'))).toEqual([
    ['redis://same', ['0.env']],
    ['redis://same', ['1.env']],
  ]);
});

it('modules whose path a variable or a mount decides are those of each component', async () => {
  const files = {
    'main.js': `const store = require('./stores/' + process.env.STORE);\nconst set = require('/etc/app/set.js');`,
    'stores/one.js': `module.exports = 1;`,
    'stores/two.js': `module.exports = 2;`,
    'first/set.js': `module.exports = 1;`,
    'second/set.js': `module.exports = 2;`,
  };
  const programs = await componentsOf(
    files,
    { variables: { STORE: 'one' }, mounts: [{ containerPath: '/etc/app', path: 'first' }] },
    { variables: { STORE: 'two' }, mounts: [{ containerPath: '/etc/app', path: 'second' }] },
  );
  for (const order of [programs, [...programs].reverse(), programs])
    for (const one of order) expect(one.modules).toBe(one.modules);
  expect(programs.map((one) => one.modules.map(({ path }) => path))).toEqual([
    ['first/set.js', 'main.js', 'stores/one.js'],
    ['main.js', 'second/set.js', 'stores/two.js'],
  ]);
});
