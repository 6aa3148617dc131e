import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'docker',
  title: 'Docker',
  everywhere: true,
  reads: [
    {
      language: 'dockerfile',
      paths: [
        'Dockerfile',
        'Dockerfile.*',
        'Dockerfile-*',
        '*.Dockerfile',
        '*.dockerfile',
        'Containerfile',
        'Containerfile.*',
      ],
      mentions: /^\s*FROM\s/im,
    },
  ],
};
