import { nodePackage } from '../node-package.js';

export const technology = nodePackage('better-auth', 'Better Auth', ['better-auth']);
