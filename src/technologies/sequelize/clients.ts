import type { ClientKind } from '../client-options.js';

/** https://sequelize.org/api/v7/interfaces/_sequelize_core.index.pooloptions: max 5. */
export const CLIENTS: readonly ClientKind[] = [
  {
    packages: ['sequelize', '@sequelize/core', 'sequelize-typescript', '@nestjs/sequelize'],
    pool: /^(?:default|Sequelize|default\.Sequelize|SequelizeModule\.forRoot(?:Async)?)?$/,
    engine: ['dialect'],
    sizes: ['pool.max'],
    size: () => 5,
    addresses: ['url', 'uri', 'host'],
    names: ['database'],
    files: ['storage'],
    once: 'const sequelize = new Sequelize(url) at the top of a module',
  },
];
