import type { Technology } from '../technology.js';
import { SERVER_PACKAGES } from './server-packages.js';

const PROGRAMS =
  /^(?:node|nodejs|npm|npx|yarn|pnpm|bun|deno|tsx|ts-node|ts-node-dev|tsnd|nodemon|next|nest|nuxt|vite|ng|react-scripts|vue-cli-service|remix-serve|strapi|directus|serve|http-server|turbo|concurrently)$|\.(?:js|mjs|cjs|ts)$/;

/** Node.js and its kin: how programs are started, and what their modules keep in memory. */
export const technology: Technology = {
  id: 'node',
  title: 'Node.js',
  reads: [
    {
      language: 'yaml',
      paths: ['package.json'],
      mentions: new RegExp(`"(?:${[...SERVER_PACKAGES].map((name) => name.replace(/[.]/g, '\\.')).join('|')})"\\s*:`),
    },
  ],
  runsOn: ['node', 'pm2', 'passenger'],
  runs: [
    { programs: /(?:^|[._-])(?:workers?|consumers?|queues?|jobs?)(?:[._-]\w+)*\.(?:[cm]?js|ts)$/, role: 'worker' },
    { images: /(?:^|\/)(?:node|bun|deno)$/, programs: PROGRAMS, role: 'web' },
  ],
};
