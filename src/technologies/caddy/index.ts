import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'caddy',
  title: 'Caddy',
  reads: [
    {
      language: 'caddyfile',
      paths: ['Caddyfile', 'Caddyfile.*', '*.Caddyfile', '*.caddyfile', '*.caddy'],
      mentions: /\b(?:reverse_proxy|file_server|php_fastcgi)\b/,
    },
  ],
  runs: [{ images: /(?:^|\/)caddy$/, programs: /^caddy$/, role: 'proxy' }],
};
