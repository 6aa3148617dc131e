import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'vercel',
  title: 'Vercel',
  // JSON is YAML.
  reads: [{ language: 'yaml', paths: ['vercel.json', 'now.json'], mentions: /"(?:builds|headers|routes|env)"/ }],
  runs: [{ programs: /^vercel-handler$/, role: 'web' }],
};
