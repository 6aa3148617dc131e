import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'procfile',
  title: 'Procfile',
  reads: [
    { language: 'procfile', paths: ['Procfile', 'Procfile.*'], mentions: /^[\w-]+:/m },
    // JSON is YAML.
    { language: 'yaml', paths: ['app.json'], mentions: /"(?:env|formation|addons)"/ },
    { language: 'yaml', paths: ['heroku.yml', 'heroku.yaml'], mentions: /^(?:build|run|setup):/m },
  ],
};
