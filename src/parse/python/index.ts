import type { Language } from '../document.js';
import type { Module } from '../python-ast.js';
import { parsePython } from '../python-parser.js';

export const language: Language<Module> = {
  id: 'python',
  title: 'Python',
  parse(text) {
    const { tree, errors, comments } = parsePython(text);
    return { tree, trouble: errors, comments };
  },
};
