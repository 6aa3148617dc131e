import type { Technology } from '../technology.js';

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const technology: Technology = {
  id: 'kustomize',
  title: 'Kustomize',
  reads: [{ language: 'yaml', paths: ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] }],
  assembles: true,
};
