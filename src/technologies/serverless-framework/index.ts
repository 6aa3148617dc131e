import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'serverless-framework',
  title: 'Serverless Framework',
  reads: [{ language: 'yaml', paths: ['serverless*.yml', 'serverless*.yaml'], mentions: /^functions:|^provider:/m }],
};
