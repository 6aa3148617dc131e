import { existsSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Rule } from 'eslint';
import { groupBy } from '../group-by.js';
import { ask } from './bridge.js';
import { findRoot, isInside } from './find-root.js';
import { textDigest, type Answer, type Table, type Told } from './question.js';
import { isFixing, isSingleRun } from './single-run.js';

/** `settings.scalecard` of a configuration. */
export interface Settings {
  /** The folder to audit, where it is not the nearest with scalecard.yaml or .git; relative to ESLint's working directory. */
  readonly root?: string;
  /** The lowest level to report; `open` are results that could not be decided. Default: note. */
  readonly level?: Told['level'];
}

export interface Found {
  /** By rule. */
  readonly results: ReadonlyMap<string, readonly Told[]>;
  readonly trouble: readonly string[];
}

const NOTHING: Found = { results: new Map(), trouble: [] };
const LEVELS: readonly Told['level'][] = ['error', 'warning', 'note', 'open'];

/** All rules look at the same results of a file. */
const known = new WeakMap<object, Found>();

export function resultsOf(context: Rule.RuleContext): Found {
  let found = known.get(context.sourceCode);
  if (found === undefined) known.set(context.sourceCode, (found = find(context)));
  return found;
}

function find(context: Rule.RuleContext): Found {
  const { filename, physicalFilename, cwd, sourceCode } = context;
  // A block of Markdown and text from a pipe are no files of a project.
  if (physicalFilename !== filename || !isAbsolute(filename) || basename(filename).startsWith('__placeholder__'))
    return NOTHING;
  const settings = settingsOf(context.settings);
  const root = settings.root === undefined ? findRoot(filename, cwd) : resolve(cwd, settings.root);
  if (root === undefined || !isInside(root, filename)) return NOTHING;
  const path = relative(root, filename).split(sep).join('/');
  const answer = fromTable(root, path, sourceCode.text, filename) ?? fromThread(root, path, sourceCode.text);
  if (answer === undefined) return NOTHING;
  const lowest = LEVELS.indexOf(settings.level ?? 'note');
  const shown = answer.results.filter(({ level }) => LEVELS.indexOf(level) <= lowest);
  return {
    results: groupBy(shown, ({ ruleId }) => ruleId),
    trouble: answer.trouble.filter((trouble) => isFirst(root, trouble, filename)),
  };
}

/** By root. A question costs two changes of thread, which is too much for each of thousands of files. */
const tables = new Map<string, Table>();

function fromTable(root: string, path: string, text: string, filename: string): Answer | undefined {
  const table = tables.get(root);
  if (table === undefined || Date.now() >= table.until) return undefined;
  const digest = table.texts.get(path);
  const results = table.results.get(path) ?? [];
  // Each pass of each fixed file would be an audit. What fixes change has no part in our results; places have.
  const isFixed = results.length === 0 && digest !== undefined && isFixing();
  // A file that is not on the disk yet may be of interest once it is.
  if (!isFixed && (digest === undefined ? !existsSync(filename) : digest !== textDigest(text))) return undefined;
  return { results, trouble: [] };
}

function fromThread(root: string, path: string, text: string): Answer | undefined {
  tables.delete(root);
  const answer = ask({ ask: 'results', root, path, text, once: isSingleRun() });
  if (answer?.table !== undefined) tables.set(root, answer.table);
  return answer;
}

export function settingsOf(settings: unknown): Settings {
  const own = (settings as { scalecard?: unknown } | null | undefined)?.scalecard;
  if (typeof own !== 'object' || own === null) return {};
  const { root, level } = own as Record<string, unknown>;
  return {
    ...(typeof root === 'string' ? { root } : {}),
    ...(LEVELS.includes(level as Told['level']) ? { level: level as Told['level'] } : {}),
  };
}

/** The file that trouble was told in: there it stays until it is over, elsewhere it is not repeated. */
const tellers = new Map<string, string>();

function isFirst(root: string, trouble: string, filename: string): boolean {
  const key = `${root}\0${trouble}`;
  const teller = tellers.get(key);
  if (teller === undefined) tellers.set(key, filename);
  return (teller ?? filename) === filename;
}
