import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'app-engine',
  title: 'App Engine',
  reads: [
    {
      language: 'yaml',
      paths: ['app.yaml', 'app.yml', 'app-*.yaml', 'app_*.yaml', 'app.*.yaml', '*.app.yaml'],
      mentions: /^["']?runtime["']?:[ \t]*["']?(?:python|nodejs|php|ruby|go|java|custom)/m,
    },
  ],
};
