import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'fly',
  title: 'Fly.io',
  reads: [
    {
      language: 'toml',
      paths: ['fly.toml', 'fly.*.toml', 'fly-*.toml', '**/fly/*.toml'],
      mentions: /^\s{0,8}(?:app|primary_region|\[\[?(?:services|http_service|processes|env|build|mounts?|deploy)\b)/m,
    },
  ],
};
