import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'pgpool',
  title: 'Pgpool-II',
  reads: [
    {
      language: 'ini',
      paths: ['*pgpool*.conf', '*pgpool*.conf.*', '**/pgpool*/*.conf'],
      mentions: /^[ \t]*(?:num_init_children|backend_hostname\d)\b/m,
    },
  ],
  runs: [{ images: /(?:^|\/)(?:pgpool|pgpool2|pgpool-ii)$/, programs: /^pgpool$/, role: 'pooler' }],
};
