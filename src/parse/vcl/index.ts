import type { Language } from '../document.js';
import { parse } from './parse.js';
import type { Program } from './statements.js';

export const language: Language<Program> = { id: 'vcl', title: 'Varnish Configuration Language', parse };
