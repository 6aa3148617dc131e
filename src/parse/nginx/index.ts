import type { Language } from '../document.js';
import type { Configuration } from './configuration.js';
import { parse } from './parse.js';

export const language: Language<Configuration> = { id: 'nginx', title: 'nginx configuration', parse };
