import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'kamal',
  title: 'Kamal',
  reads: [
    {
      language: 'yaml',
      paths: [
        'config/deploy.yml',
        'config/deploy.yaml',
        'config/deploy.*.yml',
        'config/deploy-*.yml',
        '**/config/deploy.yml',
      ],
      mentions: /^service:/m,
    },
  ],
};
