import type { Technology } from '../technology.js';

/** `_headers` is read by other platforms that send files as well, in the same way. */
export const technology: Technology = {
  id: 'netlify',
  title: 'Netlify',
  reads: [
    { language: 'toml', paths: ['netlify.toml'], mentions: /^\s{0,8}\[\[headers\]\]/m },
    { language: 'ini', paths: ['_headers'], mentions: /^[ \t]+cache-control:/im },
  ],
};
