import type { Language } from '../document.js';
import type { Directives } from './directives.js';
import { parse } from './parse.js';

export const language: Language<Directives> = { id: 'apache', title: 'Apache configuration', parse };
