import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'cloudflare-workers',
  title: 'Cloudflare Workers',
  reads: [
    {
      language: 'toml',
      paths: ['wrangler.toml', 'wrangler.*.toml'],
      mentions: /^\s{0,8}(?:name|main|compatibility_date|pages_build_output_dir)\b/m,
    },
    {
      language: 'jsonc',
      paths: ['wrangler.json', 'wrangler.jsonc', 'wrangler.*.json', 'wrangler.*.jsonc'],
      mentions: /"(?:main|compatibility_date|pages_build_output_dir)"/,
    },
  ],
  // What runs it is a function of the platform, whatever else lies in its folder.
  runs: [{ programs: /^workerd$/, role: 'web' }],
};
