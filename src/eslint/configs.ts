import { existsSync, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { ask } from './bridge.js';
import { findRoot } from './find-root.js';
import { FILE_LANGUAGES, OTHER_FILES } from './languages.js';
import { settingsOf } from './results-of.js';
import type { ShippedRule } from './shipped-rules.js';
import { SUPPRESSION } from './told.js';

/** Rules that ship with no file in `rules/`. */
export const OWN_RULES = { engine: 'engine', suppression: SUPPRESSION, projectRules: 'project-rules' } as const;

/** One block for each language, and one for what is linted anyway: JavaScript, TypeScript and other people's languages. */
export function recommended(plugin: ESLint.Plugin, shipped: readonly ShippedRule[]): Linter.Config[] {
  const rules: Linter.RulesRecord = Object.fromEntries([
    ...shipped.map(({ id, level }) => [`scalecard/${id}`, level === 'error' ? 'error' : 'warn'] as const),
    ...Object.values(OWN_RULES).map((id) => [`scalecard/${id}`, 'warn'] as const),
  ]);
  const plugins = { scalecard: plugin };
  return [
    ...FILE_LANGUAGES.map(({ id, files }): Linter.Config => ({
      name: `scalecard/${id}`,
      files: [...files],
      // Types know patterns only.
      ignores: [leadsNowhere as unknown as string],
      plugins,
      language: `scalecard/${id}`,
      rules,
      settings: { scalecard: results(id) },
    })),
    {
      name: `scalecard/${OTHER_FILES}`,
      // Makes ESLint open no file that it would not open without us.
      files: ['**/*'],
      ignores: FILE_LANGUAGES.flatMap(({ files }) => files),
      plugins,
      rules,
      settings: { scalecard: results(OTHER_FILES) },
    },
  ];
}

/** ESLint ends with an error when it cannot open a file, and without us it would not have tried: `.env` is often such a link. */
function leadsNowhere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true && !existsSync(file);
}

/**
 * `eslint --cache` takes a file as unchanged when neither it nor its configuration changed; our results also depend on other
 * files. So the results are part of the configuration: ESLint turns it into JSON for the key of its cache, and only then.
 */
function results(language: string): { toJSON(): unknown } {
  return {
    toJSON(this: Record<string, unknown>) {
      const settings = Object.fromEntries(Object.entries(this).filter(([key]) => key !== 'toJSON'));
      const root = settingsOf({ scalecard: settings }).root;
      const folder = root === undefined ? findRoot(join(process.cwd(), 'eslint'), process.cwd()) : resolve(root);
      const answer = folder === undefined ? undefined : ask({ ask: 'digest', root: folder, language });
      // What cannot be told today must not be taken for the same tomorrow.
      return { ...settings, results: folder === undefined ? '' : (answer?.digest ?? `unknown since ${Date.now()}`) };
    },
  };
}

/** Installed, generated and minified files: the audit leaves them out, and ESLint need not open them. For all of a configuration. */
export const ignores: Linter.Config = {
  name: 'scalecard/ignores',
  ignores: [
    '**/{.venv,venv,.tox,.nox,.eggs,.terraform,.next,.nuxt,.cache,.idea}/',
    '**/{site-packages,bower_components,__pycache__,.mypy_cache,.pytest_cache,.ruff_cache}/',
    '**/*.min.{js,mjs,cjs}',
  ],
};
