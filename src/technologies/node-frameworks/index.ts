import { nodePackage } from '../node-package.js';
import { COMPRESSING, PLUGINS, SERVERS } from './compressing-packages.js';
import { FRAMEWORKS } from './releases.js';

export const technology = nodePackage('node-frameworks', 'Frameworks of Node', [
  ...FRAMEWORKS.flatMap(({ packages }) => packages),
  ...SERVERS.flatMap(({ packages }) => packages),
  ...COMPRESSING.map(([name]) => name),
  ...PLUGINS,
]);
