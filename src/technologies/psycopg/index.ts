import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'psycopg',
  title: 'Psycopg',
  reads: [
    { language: 'python', paths: ['*.py'], mentions: /\bpsycopg_pool\b|\bpsycopg2\.pool\b|\bpsycopg2 import pool\b/ },
  ],
};
