import type { Technology } from '../technology.js';

/** What stands beside environment files and is none. */
const OTHER = '?(*.)@(patch|md|py|js|mjs|cjs|ts|sh|yml|yaml|json|toml|txt)';

export const technology: Technology = {
  id: 'dotenv',
  title: 'Environment files',
  reads: [
    {
      language: 'dotenv',
      paths: ['.env', `*.env.!(${OTHER})`, '*.env', `env.!(${OTHER})`, `**/{.env,.envs,env,envs,env.d}/**/!(${OTHER})`],
      mentions: /^\s{0,20}(?:export\s{1,9})?[A-Za-z_]\w*\s{0,9}=/m,
    },
  ],
};
