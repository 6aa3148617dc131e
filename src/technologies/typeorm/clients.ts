import type { ClientKind } from '../client-options.js';

/**
 * TypeORM opens the pool of the driver: 10 with pg and mysql2.
 * https://typeorm.io/docs/data-source/data-source-options/ (`poolSize`, `extra`)
 */
export const CLIENTS: readonly ClientKind[] = [
  {
    packages: ['typeorm', '@nestjs/typeorm'],
    pool: /^(?:default\.)?(?:DataSource|createConnection|TypeOrmModule\.forRoot(?:Async)?)$/,
    engine: ['type'],
    sizes: ['poolSize', 'extra.max', 'extra.connectionLimit', 'extra.poolSize'],
    size: () => 10,
    addresses: ['url', 'host', 'replication.master.host', 'replication.master.url'],
    names: ['database'],
    files: ['database'],
    once: 'const dataSource = new DataSource(options) at the top of a module',
  },
];
