import type { ClientKind } from '../client-options.js';

/** https://sidorares.github.io/node-mysql2/docs/api-and-configurations and mysqljs/mysql: connectionLimit 10. */
export const CLIENTS: readonly ClientKind[] = [
  {
    packages: ['mysql2', 'mysql', 'mariadb', 'promise-mysql'],
    pool: /^(?:default\.)?createPool(?:Promise)?$/,
    single: /^(?:default\.)?createConnection(?:Promise)?$/,
    engine: 'mysql',
    sizes: ['connectionLimit'],
    parameter: 'connectionLimit',
    size: () => 10,
    addresses: ['uri', 'host', 'socketPath'],
    names: ['database'],
    once: 'const pool = createPool(options) at the top of a module',
  },
];
