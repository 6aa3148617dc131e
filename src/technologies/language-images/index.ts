import type { Technology } from '../technology.js';

/** Languages whose code is not read here, but whose image says what it runs on. */
export const technology: Technology = {
  id: 'language-images',
  title: 'Images of languages',
  reads: [
    {
      language: 'dockerfile',
      paths: ['Dockerfile', 'Dockerfile.*', 'Dockerfile-*', '*.Dockerfile', '*.dockerfile', 'Containerfile*'],
      mentions: /^\s*FROM\s/im,
    },
  ],
};
