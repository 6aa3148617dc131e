import type { Language } from '../document.js';
import type { Caddyfile } from './lines.js';
import { parse } from './parse.js';

export const language: Language<Caddyfile> = { id: 'caddyfile', title: 'Caddyfile', parse };
