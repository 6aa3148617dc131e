import type { Technology } from '../technology.js';

/** Keeps Node.js processes running on one machine, one or several of each program. */
export const technology: Technology = {
  id: 'pm2',
  title: 'PM2',
  // Its files are opened where a command names them.
  reads: [
    { language: 'javascript', paths: ['ecosystem*.{js,cjs,mjs}', 'pm2*.{js,cjs,mjs}'], mentions: /\bapps\b/ },
    { language: 'yaml', paths: ['package.json'], mentions: /\bpm2(?:-runtime)?\s/ },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
  runs: [{ programs: /^pm2(?:-runtime|-docker|-dev)?$/, images: /(?:^|\/)keymetrics\/pm2$/, role: 'web' }],
};
