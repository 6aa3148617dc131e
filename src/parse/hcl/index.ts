import type { Language } from '../document.js';
import { parse } from './parse.js';
import type { HclBody } from './tree.js';

export const language: Language<HclBody> = { id: 'hcl', title: 'HCL', parse };
