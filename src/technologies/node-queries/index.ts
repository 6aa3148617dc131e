import { nodePackage } from '../node-package.js';
import { DATA_PACKAGES } from './queries.js';

export const technology = nodePackage('node-queries', 'Queries of Node', DATA_PACKAGES);
