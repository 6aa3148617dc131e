import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'amazon-ecs',
  title: 'Task definitions of Amazon ECS',
  // JSON is YAML.
  reads: [{ language: 'yaml', paths: ['*.json'], mentions: /"containerDefinitions"[ \t\r\n]{0,20}:/ }],
};
