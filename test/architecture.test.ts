import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Project, type SourceFile } from 'ts-morph';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', 'src');

/** Files at the top that know nothing of any stage. */
const LEAVES = [
  'location',
  'members',
  'repository-path',
  'nearest',
  'harmless',
  'usage-error',
  'group-by',
  'current-day',
];

/**
 * The floor plan: what each room may import besides itself and the leaves, and why no more. The order is that of the
 * stages; a room never imports one further down.
 */
const ROOMS: Readonly<Record<string, { readonly may: readonly string[]; readonly because: string }>> = {
  discover: { may: [], because: 'it is the only door to the file system and knows nothing of what the files mean' },
  parse: { may: ['discover'], because: 'a syntax knows no application' },
  link: {
    may: ['discover', 'parse'],
    because: 'what code evaluates to does not depend on what anyone concludes from it',
  },
  facts: { may: [], because: 'the vocabulary stands alone' },
  technologies: { may: ['discover', 'parse', 'link', 'facts'], because: 'vendors end here' },
  model: { may: ['facts', 'link', 'configuration'], because: 'it relates facts, whoever stated them' },
  rules: { may: ['facts', 'model', 'configuration'], because: 'policy looks at the model alone' },
  score: { may: ['rules'], because: 'points follow from verdicts alone' },
  report: {
    may: ['discover', 'facts', 'model', 'rules', 'score'],
    because: 'a report draws what was found and finds nothing itself',
  },
  configuration: { may: ['discover', 'facts', 'rules'], because: 'it names scopes and rules' },
};

/** Files at the top that call the stages. */
const CALLERS = ['audit', 'simulate', 'cli', 'verbs', 'eslint'];

const project = new Project({ tsConfigFilePath: join(ROOT, '..', 'tsconfig.json') });
const files = project.getSourceFiles();

function roomOf(file: SourceFile | string): string {
  const path = relative(ROOT, typeof file === 'string' ? file : file.getFilePath());
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

const arrows = files.flatMap((file): Arrow[] =>
  [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap((declaration): Arrow[] => {
    const target = declaration.getModuleSpecifierSourceFile();
    if (target === undefined || target.isInNodeModules()) return [];
    return [
      {
        from: file.getFilePath(),
        to: target.getFilePath(),
        text: `${relative(ROOT, file.getFilePath())} > ${relative(ROOT, target.getFilePath())}`,
      },
    ];
  }),
);

describe('the floor plan', () => {
  it('names rooms that stand, and every room that stands', () => {
    const standing = readdirSync(ROOT).map((name) => name.replace(/\.ts$/, ''));
    expect([...new Set(standing)].sort()).toEqual(
      [...new Set([...LEAVES, ...Object.keys(ROOMS), ...CALLERS].filter((name) => standing.includes(name)))].sort(),
    );
    for (const room of [...LEAVES, ...Object.keys(ROOMS), ...CALLERS]) {
      expect(existsSync(join(ROOT, room)) || existsSync(join(ROOT, `${room}.ts`)), room).toBe(true);
    }
  });

  it('lets no import run against the flow', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [source, target] = [roomOf(from), roomOf(to)];
      if (source === target || LEAVES.includes(target) || CALLERS.includes(source)) return false;
      return !(ROOMS[source]?.may.includes(target) ?? false);
    });
    expect(
      wrong.map(
        ({ text, from }) => `${text} (${roomOf(from)}: ${ROOMS[roomOf(from)]?.because ?? 'a leaf knows no stage'})`,
      ),
    ).toEqual([]);
  });

  it('lets no technology know another', () => {
    const folderOf = (path: string): string | undefined => /technologies\/([^/]+)\//.exec(path)?.[1];
    const wrong = arrows.filter(
      ({ from, to }) => folderOf(from) !== undefined && folderOf(to) !== undefined && folderOf(from) !== folderOf(to),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it('has no circle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].map((one) => relative(ROOT, one)).join(' > '));
        return;
      }
      state.set(file, 'open');
      for (const one of next.get(file) ?? []) visit(one, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file.getFilePath(), []);
    expect(circles).toEqual([]);
  });

  it('has no file that only re-exports', () => {
    const wrong = files.filter(
      (file) =>
        file.getStatements().length > 0 &&
        file.getStatements().every((statement) => statement.getKindName() === 'ExportDeclaration'),
    );
    expect(wrong.map((file) => relative(ROOT, file.getFilePath()))).toEqual([]);
  });
});

describe('vendors', () => {
  // The names of our own technology folders, and further products that people would reach for.
  const technologies = readdirSync(join(ROOT, 'technologies'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    // Words of plain English, or the name of a language.
    .filter((name) => !['compose', 'python', 'node', 'infrastructure'].includes(name));
  const vendors = [
    ...technologies,
    'django',
    'redis',
    'memcached',
    'kubernetes',
    'docker',
    'nginx',
    'gunicorn',
    'postgres',
    'postgresql',
    'mysql',
    'sqlite',
    'sqlite3',
    'celery',
    'express',
    'amazon',
    'heroku',
  ];
  const pattern = new RegExp(`\\b(${[...new Set(vendors)].join('|')})s?\\b`, 'i');

  // Which file a command starts is followed there, whatever starts it; the comments of the contract name packages as examples.
  const STARTERS =
    /link\/(?:package-scripts|javascript\/(?:entries|process-files|started-files|javascript-program))\.ts$/;

  it.each(['facts', 'link', 'model', 'rules', 'score', 'report', 'configuration'])('are not named in %s', (room) => {
    const naming = files
      // Lists that others define, such as the modules of Python's own library, are data and not our words.
      .filter((file) => roomOf(file) === room && file.getExtension() !== '.json' && !STARTERS.test(file.getFilePath()))
      .flatMap((file) =>
        file
          .getFullText()
          .split('\n')
          .flatMap((line, index) => {
            const match = pattern.exec(line.replace(/dockerfile|highlight\.js\/lib\/languages\/\w+/gi, ''));
            return match === null ? [] : [`${relative(ROOT, file.getFilePath())}:${index + 1}: ${match[0]}`];
          }),
      );
    expect(naming).toEqual([]);
  });
});
