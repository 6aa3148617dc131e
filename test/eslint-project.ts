import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint as ESLint10, type Linter } from 'eslint';
import { ESLint as ESLint9 } from 'eslint9';
import tseslint from 'typescript-eslint';
import type * as auditModule from '../src/audit.js';
import type { Audit } from '../src/report/report.js';
import type plugin from '../src/eslint/types.js';

/** The plugin as it is shipped: its thread runs the build, so everything here does. */
export const scalecard = (
  (await import(pathToFileURL(resolve('dist/eslint/plugin.js')).href)) as { default: typeof plugin }
).default;
export const { audit } = (await import(pathToFileURL(resolve('dist/audit.js')).href)) as typeof auditModule;

export const VERSIONS: readonly (readonly [string, typeof ESLint10])[] = [
  [ESLint10.version, ESLint10],
  [ESLint9.version, ESLint9],
];

/** Files that nobody would lint without a parser of their own. */
export const TYPESCRIPT: Linter.Config = {
  files: ['**/*.{ts,tsx,mts,cts}'],
  languageOptions: { parser: tseslint.parser },
};

export const FIXTURES = resolve('fixtures');

/** A folder outside of any repository, so that it is the project. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'scalecard-eslint-'));
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return root;
}

export function copyOf(fixture: string): string {
  const root = mkdtempSync(join(tmpdir(), 'scalecard-eslint-'));
  cpSync(join(FIXTURES, fixture), root, { recursive: true });
  return root;
}

export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export interface LintOptions {
  readonly version?: typeof ESLint10;
  readonly config?: readonly Linter.Config[];
  readonly level?: string;
  readonly fix?: boolean;
}

export function eslintIn(
  root: string,
  {
    version = ESLint10,
    config = [...scalecard.configs.recommended, TYPESCRIPT],
    level = 'open',
    fix = false,
  }: LintOptions,
): ESLint10 {
  const settings: Linter.Config = { settings: { scalecard: { root, level } } };
  return new version({ cwd: root, overrideConfigFile: true, overrideConfig: [...config, settings], fix });
}

export async function lintText(root: string, path: string, text: string, options: LintOptions = {}) {
  const [result] = await eslintIn(root, options).lintText(text, { filePath: join(root, path) });
  if (result === undefined) throw new Error(`${path} was not linted`);
  return result;
}

/** What ESLint says about a whole folder, one line each. */
export async function lintAll(root: string, options: LintOptions = {}): Promise<string[]> {
  const results = await eslintIn(root, options).lintFiles(['.']);
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map((one) => lineOf(relative(root, filePath).split(sep).join('/'), one)),
    )
    .sort();
}

export function lineOf(path: string, { ruleId, line, column, endLine, endColumn }: Linter.LintMessage): string {
  return `${path}:${line}:${column}-${endLine}:${endColumn} ${ruleId}`;
}

/** The same of an audit. */
export function linesOf({ evaluation }: Audit): string[] {
  return evaluation.results
    .map(({ ruleId, location: { uri, region } }) => {
      const { startLine, startColumn, endLine, endColumn } = region;
      return `${uri}:${startLine}:${startColumn}-${endLine}:${endColumn} scalecard/${ruleId}`;
    })
    .sort();
}

/** Nothing in the disk's memory of a project is older than this. */
export const OUTDATED = 4_000;
