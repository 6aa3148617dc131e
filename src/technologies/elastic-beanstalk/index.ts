import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'elastic-beanstalk',
  title: 'Elastic Beanstalk',
  reads: [
    {
      language: 'yaml',
      paths: ['**/.ebextensions/*.config', '**/.ebextensions/*.yml'],
      mentions: /^["']?option_settings["']?:/m,
    },
  ],
};
