import type { Language } from '../document.js';
import type { GoTemplateTree } from './node.js';
import { parseGoTemplate } from './parse.js';

/** Who renders a template says what could not be read of it, so nothing is said here. */
export const language: Language<GoTemplateTree> = {
  id: 'go-template',
  title: 'Go template',
  parse: (text) => ({ tree: parseGoTemplate(text), trouble: [], comments: [] }),
};
