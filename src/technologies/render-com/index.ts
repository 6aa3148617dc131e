import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'render-com',
  title: 'Render',
  reads: [
    {
      language: 'yaml',
      paths: ['render.yaml', 'render.yml', 'render.*.yaml', '.render/*.yaml'],
      mentions: /^(?:services|databases|envVarGroups|projects):/m,
    },
  ],
};
