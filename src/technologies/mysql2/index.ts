import { nodePackage } from '../node-package.js';

export const technology = nodePackage('mysql2', 'MySQL drivers', ['mysql2', 'mysql', 'mariadb', 'promise-mysql']);
