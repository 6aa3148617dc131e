import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { Comment, Language, SyntaxTrouble } from '../document.js';
import { TEMPLATE, templateMark } from '../template-mark.js';
import type { YamlMap } from '../yaml/node.js';
import { convert, EMPTY } from './convert.js';
import { nestingBeyond } from './nesting.js';

/** TOML is read into the plain data that YAML is read into, so that whoever reads the one can read the other. */
export interface TomlTree {
  readonly root: YamlMap;
}

/** What people write by hand is smaller; the rest is made by machines, and nobody asks for it. */
const LONGEST = 2_000_000;

export const language: Language<TomlTree> = {
  id: 'toml',
  title: 'TOML',
  parse(text, path) {
    const refused = (message: string, offset: number): ReturnType<Language<TomlTree>['parse']> => ({
      tree: { root: EMPTY },
      trouble: [{ message, offset }],
      comments: [],
    });
    const template = templateMark(text, path);
    if (template !== undefined) return refused(TEMPLATE, template);
    if (text.length > LONGEST) return refused('too long to be read', 0);
    const deep = nestingBeyond(text);
    if (deep !== undefined) return refused('nested too deeply; the file is left out', deep);
    try {
      const program = parseTOML(text);
      return { tree: { root: convert(program, text) }, trouble: [], comments: commentsOf(program) };
    } catch (error) {
      const trouble: SyntaxTrouble =
        error instanceof ParseError
          ? { message: error.message, offset: Math.min(error.index, text.length) }
          : { message: 'it cannot be read', offset: 0 };
      return { tree: { root: EMPTY }, trouble: [trouble], comments: [] };
    }
  },
};

function commentsOf(program: AST.TOMLProgram): Comment[] {
  return program.comments.map(({ range: [start, end] }) => ({ start, end }));
}
