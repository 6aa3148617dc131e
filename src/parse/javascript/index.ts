import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import type * as Oxc from 'oxc-parser';
import type { Language, Parsed } from '../document.js';
import { isTooDeep } from './nesting.js';
import { walkJavaScript } from './walk.js';

/** A program as TS-ESTree has it; nodes have `range`, and neither `loc` nor `parent`. */
export type JavaScript = TSESTree.Program;

const EMPTY = { type: 'Program', body: [], sourceType: 'module', comments: [], tokens: [], range: [0, 0] };
const NOTHING = EMPTY as unknown as JavaScript;

// Loaded when the first file is parsed: a run that sees no JavaScript pays nothing.
const require = createRequire(import.meta.url);
let oxc: typeof Oxc | undefined;

export const language: Language<JavaScript> = {
  id: 'javascript',
  title: 'JavaScript and TypeScript',
  parse(text, path): Parsed<JavaScript> {
    if (isTooDeep(text))
      return { tree: NOTHING, trouble: [{ message: 'nested too deeply to be read', offset: 0 }], comments: [] };
    const parser = (oxc ??= require('oxc-parser') as typeof Oxc);
    // Data that code imports: one expression. Parentheses make it one, and its ranges are those of the text again.
    if (path.endsWith('.json'))
      return shifted(read(parser, `(${text})`, `${path}.js`, { sourceType: 'script' }), text.length);
    let result = read(parser, text, path, {});
    // Flow's types look like TypeScript's; a `return` at the top, or a name that modules reserve, is an old script.
    if (result.errors.length > 0 && !isTypeScript(path))
      result = better(result, () => read(parser, text, path, { lang: 'tsx' }));
    if (result.errors.length > 0) result = better(result, () => read(parser, text, path, { sourceType: 'commonjs' }));
    return {
      // The option `astType: "ts"` gives the shape of TS-ESTree; node types and ranges were equal on 1,600 files of two projects.
      tree: result.program as unknown as JavaScript,
      trouble: result.errors.map(({ message, labels }) => ({ message, offset: labels[0]?.start ?? 0 })),
      comments: result.comments.map(({ start, end }) => ({ start, end })),
    };
  },
};

function shifted({ program, errors }: Result, length: number): Parsed<JavaScript> {
  const tree = program as unknown as JavaScript;
  walkJavaScript(tree, (node) => {
    node.range = [Math.max(0, node.range[0] - 1), Math.min(length, node.range[1] - 1)];
  });
  const trouble = errors.map(({ message, labels }) => ({ message, offset: Math.max(0, (labels[0]?.start ?? 1) - 1) }));
  return { tree, trouble, comments: [] };
}

type Result = ReturnType<typeof Oxc.parseSync>;

function read(parser: typeof Oxc, text: string, path: string, more: Oxc.ParserOptions): Result {
  const name = isTypeScript(path) || /\.[cm]?jsx?$/.test(path) ? path : `${path}.js`;
  return parser.parseSync(name, text, { astType: 'ts', range: true, preserveParens: false, ...more });
}

function better(result: Result, again: () => Result): Result {
  const other = again();
  return other.errors.length === 0 ? other : result;
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}
