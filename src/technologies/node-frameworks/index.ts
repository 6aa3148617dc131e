import { nodePackage } from '../node-package.js';
import { FRAMEWORKS } from './releases.js';

export const technology = nodePackage(
  'node-frameworks',
  'Versions of frameworks of Node',
  FRAMEWORKS.flatMap(({ packages }) => packages),
);
