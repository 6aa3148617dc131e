import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'dotenv',
  title: 'Environment files',
  reads: [
    {
      language: 'dotenv',
      paths: ['.env', '.env.*', '*.env', '**/.envs/**', '**/env/*', '**/envs/*'],
      mentions: /^\s{0,20}(?:export\s{1,9})?[A-Za-z_]\w*\s{0,9}=/m,
    },
  ],
};
