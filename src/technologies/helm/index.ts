import type { Technology } from '../technology.js';

/** https://helm.sh/docs/topics/charts/ */
export const technology: Technology = {
  id: 'helm',
  title: 'Helm',
  reads: [
    { language: 'yaml', paths: ['Chart.yaml', 'Chart.yml'] },
    { language: 'go-template', paths: ['**/templates/**'] },
  ],
  assembles: true,
};
