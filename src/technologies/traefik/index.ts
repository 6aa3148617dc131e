import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'traefik',
  title: 'Traefik',
  reads: [
    // Its words stand in files of its own, in labels of Compose files and in objects of Kubernetes.
    { language: 'yaml', paths: ['*.yaml', '*.yml'], mentions: /traefik|^[ \t]+load[bB]alancer:/m },
    {
      language: 'toml',
      paths: ['*.toml'],
      mentions: /^[ \t]*\[\[?(?:http\.(?:services|middlewares|routers)|backends)\b/m,
    },
  ],
  runs: [{ images: /(?:^|\/)traefik(?:ee)?$/, programs: /^traefik$/, role: 'proxy' }],
};
