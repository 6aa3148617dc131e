import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'railway',
  title: 'Railway',
  reads: [
    {
      language: 'toml',
      paths: ['railway.toml', 'railway.*.toml'],
      mentions: /^\s{0,8}\[(?:build|deploy|environments)\b/m,
    },
    { language: 'yaml', paths: ['railway.json', 'railway.*.json'], mentions: /"(?:build|deploy)"/ },
  ],
};
