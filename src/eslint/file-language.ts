import type { ESLint } from 'eslint';
import { lineStarts, positionAt } from '../location.js';
import type { FileLanguage } from './languages.js';
import { FileSourceCode, type FileNode } from './source-code.js';

type Language = NonNullable<ESLint.Plugin['languages']>[string];

/** A language for ESLint that is text and nothing else. It accepts everything: a syntax error would hide all results. */
export function fileLanguage({ marker, trailing = false }: FileLanguage): Language {
  const language = {
    fileType: 'text',
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: 'type',
    visitorKeys: { ScalecardFile: [] },
    defaultLanguageOptions: {},
    // Configurations for JavaScript without `files` merge their parser and globals into ours.
    validateLanguageOptions: () => undefined,
    normalizeLanguageOptions: () => ({ parserOptions: {}, ecmaVersion: 2026, sourceType: 'module', globals: {} }),
    matchesSelectorClass: () => false,
    parse({ body }: { body: unknown }) {
      const text = String(body);
      const { line, column } = positionAt(lineStarts(text), text.length);
      const loc = { start: { line: 1, column: 0 }, end: { line, column: column - 1 } };
      const ast: FileNode = { type: 'ScalecardFile', range: [0, text.length], loc, comments: [], tokens: [], body: [] };
      return { ok: true, ast };
    },
    createSourceCode: ({ body, bom }: { body: unknown; bom: boolean }, { ast }: { ast: FileNode }) =>
      new FileSourceCode(String(body), ast, { hasBOM: bom, marker, trailing }),
  };
  return language as unknown as Language;
}
