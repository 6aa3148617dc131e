import { nodePackage } from '../node-package.js';
import { CLIENTS } from './clients.js';

export const technology = nodePackage('node-pools', 'Pools of mappers and libraries', [
  ...new Set(CLIENTS.flatMap(({ packages }) => packages)),
]);
