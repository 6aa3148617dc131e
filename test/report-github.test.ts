import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { report } from '../src/report/github.js';
import type { ReportOptions } from '../src/report/report.js';
import { gitHubOf } from '../src/verbs/github.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';
import { at, because, result, sampleAudit, type SampleChanges } from './sample-audit.js';

const plain: ReportOptions = { colour: false, width: 100, github: { folder: '' } };

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What the runner makes of the output, as ActionCommand.cs of actions/runner reads it. */
function obey(changes: SampleChanges = {}, options = plain): { commands: Command[]; lines: string[] } {
  const commands: Command[] = [];
  const lines: string[] = [];
  // The runner ends lines at a carriage return as well.
  for (const line of report(sampleAudit(changes), options).split(/\r\n|\n|\r/)) {
    const legacy = line.indexOf('##[');
    if (legacy >= 0) throw new Error(`a legacy command: ${line}`);
    const trimmed = line.trimStart();
    if (!trimmed.startsWith('::') || !trimmed.slice(2).includes('::')) {
      lines.push(line);
      continue;
    }
    const end = trimmed.indexOf('::', 2);
    const head = trimmed.slice(2, end);
    const space = head.indexOf(' ');
    const written = space < 0 ? [] : head.slice(space + 1).split(',');
    commands.push({
      name: space < 0 ? head : head.slice(0, space),
      properties: Object.fromEntries(
        written.map((pair) => [pair.slice(0, pair.indexOf('=')), unescape(pair.slice(pair.indexOf('=') + 1), true)]),
      ),
      message: unescape(trimmed.slice(end + 2), false),
    });
  }
  return { commands, lines };
}

function unescape(text: string, isProperty: boolean): string {
  const plainText = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (isProperty ? plainText.replaceAll('%3A', ':').replaceAll('%2C', ',') : plainText).replaceAll('%25', '%');
}

test('the whole report', async () => {
  await expect(report(sampleAudit(), plain)).toMatchFileSnapshot('snapshots/report-github.txt');
});

test('an annotation has its place, its reasons and its step', () => {
  const { commands } = obey({ results: [result({ location: at('a, b:c%.py', 6, 18, 24) })] });
  expect(commands).toEqual([
    {
      name: 'error',
      properties: {
        file: 'a, b:c%.py',
        line: '6',
        endLine: '6',
        col: '18',
        endColumn: '23',
        title: 'session-on-one-instance in web, worker',
      },
      message:
        'Sessions are kept in files, which only one host sees.\nbecause it asks for 4 instances (deploy/web.yaml:3)\n' +
        'Do: Keep sessions where every instance sees them: SESSION_ENGINE = "x"',
    },
  ]);
});

test('a place of several lines has no columns', () => {
  const [command] = obey({ results: [result({ location: at('a.py', 6, 18, 2, 9) })] }).commands;
  expect(command?.properties).toMatchObject({ line: '6', endLine: '9' });
  expect(command?.properties).not.toHaveProperty('col');
});

test('what is open is one notice for all', () => {
  const open = ['A', 'B', 'C', 'D', 'E'].map((name) =>
    result({ kind: 'open', level: 'none', message: `cannot be decided: variable ${name}` }),
  );
  expect(obey({ results: open }).commands).toEqual([
    {
      name: 'notice',
      properties: { title: '5 questions could not be decided' },
      message: `${['A', 'B', 'C'].map((name) => `variable ${name}; tell it with --env ${name}=VALUE`).join('\n')}\nand 2 more`,
    },
  ]);
});

test('ten of a kind, the worst rules first; the rest is listed in the log', () => {
  const many = (['note', 'warning', 'error'] as const).flatMap((level) =>
    Array.from({ length: 12 }, (_, i) => result({ level, ruleId: `some-${level}`, location: at('a.py', i + 1) })),
  );
  const open = result({ kind: 'open', level: 'none', message: 'cannot be decided: x' });
  const { commands, lines } = obey({ results: [...many, open] });
  const names = commands.map(({ name }) => name);
  expect(names).toEqual([
    ...Array<string>(10).fill('error'),
    ...Array<string>(10).fill('warning'),
    ...Array<string>(10).fill('notice'),
  ]);
  expect(lines).toContain('GitHub shows no more annotations of one step; 7 further results:');
  expect(lines).toContain('  error some-error a.py:12');
  expect(lines).toContain('  note some-note a.py:10');
});

test('the summary tells score, counts and what breaks first', () => {
  expect(obey().lines).toEqual([
    'scalecard 1.2.3: 58 of 100 (D), on 81 % decided',
    '1 error · 1 open · 1 notification',
    'connections of db: up to 3 instances of web; 100 connections - 8 of worker / 24 for each instance of web (3 processes x 8 threads): 3 fit',
    '',
  ]);
});

test('paths start at the top of the repository', () => {
  const { commands } = obey({}, { ...plain, github: { folder: 'services/shop' } });
  expect(commands[0]?.properties.file).toBe('services/shop/shop/settings.py');
  expect(commands[0]?.message).toContain('(services/shop/deploy/web.yaml:3)');
});

describe('text of the repository opens no command', () => {
  test.each(HOSTILE_TEXTS)('%j', (evil) => {
    const place = at(evil, 2);
    const failed = Array.from({ length: 12 }, () =>
      result({
        message: evil,
        location: place,
        component: evil,
        help: [evil],
        ruleId: evil,
        relatedLocations: [because(evil, place)],
      }),
    );
    const { commands, lines } = obey({
      results: [...failed, result({ kind: 'open', level: 'none', message: evil, location: place })],
      headroom: [{ limit: evil, component: evil, instances: 2, arithmetic: evil, locations: [because(evil, place)] }],
      notifications: [{ level: 'error', message: evil, location: place }],
    });
    expect(commands.map(({ name }) => name)).toEqual([...Array<string>(10).fill('error'), 'notice']);
    for (const { properties, message } of commands) {
      expect(Object.keys(properties).filter((key) => !['file', 'line', 'endLine', 'title'].includes(key))).toEqual([]);
      // The runner prints the message once more, line by line.
      for (const line of [...message.split(/[\r\n]/), ...lines]) {
        expect(line).not.toMatch(/^\s*::|##\w*\[/);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0041}]/u);
      }
    }
  });
});

describe('the folder in the repository', () => {
  const top = mkdtempSync(join(tmpdir(), 'scalecard-workspace-'));
  afterAll(() => {
    rmSync(top, { recursive: true });
  });
  const folderOf = (folder: string, environment: Record<string, string> = {}) => {
    mkdirSync(join(top, folder), { recursive: true });
    const root = realpathSync(join(top, folder));
    return gitHubOf({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: top, ...environment }, root)?.folder;
  };

  test('is its path from the workspace', () => {
    expect(folderOf('')).toBe('');
    expect(folderOf('services/shop')).toBe('services/shop');
  });

  test('is its path from the clone where the workspace holds several', () => {
    mkdirSync(join(top, 'main/.git'), { recursive: true });
    expect(folderOf('main/services/shop')).toBe('services/shop');
    expect(folderOf('main')).toBe('');
  });

  test('counts a submodule to the repository around it', () => {
    mkdirSync(join(top, 'main/vendor'), { recursive: true });
    writeFileSync(join(top, 'main/vendor/.git'), 'gitdir: ../.git/modules/vendor\n');
    expect(folderOf('main/vendor/app')).toBe('vendor/app');
  });

  test('is the top outside of a workspace, and nothing outside of GitHub', () => {
    expect(folderOf('x', { GITHUB_WORKSPACE: '/no/such/folder' })).toBe('');
    expect(folderOf('x', { GITHUB_WORKSPACE: join(top, 'main') })).toBe('');
    expect(folderOf('x', { GITHUB_ACTIONS: '' })).toBeUndefined();
  });
});
