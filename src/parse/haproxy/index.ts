import type { Language } from '../document.js';
import { parse } from './parse.js';
import type { Sections } from './sections.js';

export const language: Language<Sections> = { id: 'haproxy', title: 'HAProxy configuration', parse };
