import type { Language } from '../document.js';
import type { Module } from './ast.js';
import { parsePython } from './parser.js';

export const language: Language<Module> = {
  id: 'python',
  title: 'Python',
  parse(text) {
    const { tree, errors, comments } = parsePython(text);
    return { tree, trouble: errors, comments };
  },
};
