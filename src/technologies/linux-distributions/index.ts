import type { Technology } from '../technology.js';

/** The distribution that an image is built on, which packages of the system come from. */
export const technology: Technology = {
  id: 'linux-distributions',
  title: 'Linux distributions',
  reads: [
    {
      language: 'dockerfile',
      paths: ['Dockerfile', 'Dockerfile.*', 'Dockerfile-*', '*.Dockerfile', '*.dockerfile', 'Containerfile*'],
      mentions: /^\s*FROM\s/im,
    },
  ],
};
