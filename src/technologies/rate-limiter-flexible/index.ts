import { nodePackage } from '../node-package.js';

export const technology = nodePackage('rate-limiter-flexible', 'rate-limiter-flexible', ['rate-limiter-flexible']);
