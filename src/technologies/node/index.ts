import type { Technology } from '../technology.js';

/** So far only known when it is seen: what runs on it is not taken for something else. */
export const technology: Technology = {
  id: 'node',
  title: 'Node.js',
  reads: [],
  runs: [
    {
      images: /(?:^|\/)(?:node|bun|deno)$/,
      programs: /^(?:node|nodejs|npm|npx|yarn|pnpm|bun|deno|next|nest|pm2|pm2-runtime|serve)$|\.(?:js|mjs|cjs|ts)$/,
      role: 'web',
    },
  ],
};
