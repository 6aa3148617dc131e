import { nodePackage } from '../node-package.js';

export const technology = nodePackage('prisma', 'Prisma', ['@prisma/client', 'prisma']);
