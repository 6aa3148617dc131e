import { nodePackage } from '../node-package.js';
import { LIBRARIES } from './libraries.js';

export const technology = nodePackage('node-file-databases', 'Databases in files', [
  ...new Set(LIBRARIES.map((one) => one.package)),
]);
