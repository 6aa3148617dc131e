import type { Expression } from '../../parse/python/ast.js';
import type { PythonCode, PythonPlace, PythonTarget } from './python-code.js';

/** What the questions of this room ask each other. */
export interface CodeEngine extends Pick<PythonCode, 'paths' | 'moduleAt' | 'moduleNamed' | 'modulesWith'> {
  /** The module that an import in a file names, by level and dotted name; `outside` where it is not in the repository. */
  imported(from: string, level: number, module: string): ImportedModule;
  /** What an expression can stand for, never none. */
  follow(place: PythonPlace<Expression>): readonly PythonTarget[];
  /** Files of `paths` that hold a word, in their order. */
  pathsWith(word: string): readonly string[];
  /** The text of a file of `paths`. */
  textOf(path: string): string;
  /** Keeps what was found once, by node. */
  readonly answers: Map<object, unknown>;
}

export type ImportedModule =
  | { readonly kind: 'module'; readonly path: string }
  /** Nothing of the repository: the dotted name. */
  | { readonly kind: 'outside'; readonly name: string };
