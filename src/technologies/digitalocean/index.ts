import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'digitalocean',
  title: 'DigitalOcean App Platform',
  reads: [
    {
      language: 'yaml',
      paths: ['**/.do/*.yaml', '**/.do/*.yml'],
      mentions: /^\s{0,4}(?:services|workers|jobs|static_sites|databases):/m,
    },
  ],
};
