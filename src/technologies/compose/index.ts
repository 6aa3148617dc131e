import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'compose',
  title: 'Docker Compose',
  reads: [
    {
      language: 'yaml',
      paths: ['*compose*.yaml', '*compose*.yml'],
      mentions: /^[ \t]+["']?(?:image|build|command|environment|env_file|extends|deploy|ports|volumes)["']?:/m,
    },
    { language: 'yaml', paths: ['*.yaml', '*.yml'], mentions: /^["']?services["']?:[ \t]*(?:#.*|&\S+[ \t]*)?$/m },
  ],
};
