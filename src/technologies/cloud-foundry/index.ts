import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'cloud-foundry',
  title: 'Cloud Foundry',
  reads: [
    {
      language: 'yaml',
      paths: ['*manifest*.yml', '*manifest*.yaml', '**/manifests/*.yml', '**/manifests/*.yaml'],
      mentions: /^["']?applications["']?:/m,
    },
  ],
};
