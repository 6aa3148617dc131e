import type { Technology } from '../technology.js';

/**
 * What Express does is said by calls, not by files: extractors ask `program.javascript`. The manifest that names the
 * package is only the cheap sign that it is worth asking, so no extractor speaks of documents, and none is parsed here.
 */
export const technology: Technology = {
  id: 'express',
  title: 'Express',
  reads: [{ language: 'javascript', paths: ['package.json'], mentions: /"express"\s*:/ }],
  runsOn: ['node', 'pm2', 'passenger'],
};
