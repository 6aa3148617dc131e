import type { Comment, Language, SyntaxTrouble } from '../document.js';
import { parseScript } from './parse-script.js';
import type { Script } from './script.js';

export const language: Language<Script> = {
  id: 'shell',
  title: 'Shell script',
  parse(text) {
    const comments: Comment[] = [];
    const trouble: SyntaxTrouble[] = [];
    return { tree: parseScript(text, comments, trouble), trouble, comments };
  },
};
