import type { Language } from '../document.js';
import { parse } from './parse.js';
import type { Settings } from './settings.js';

export const language: Language<Settings> = { id: 'ini', title: 'INI and PostgreSQL configuration', parse };
