import type { ClientKind } from '../client-options.js';
import type { Program } from '../../link/program.js';

const common = {
  engine: 'mongodb',
  sizes: ['maxPoolSize', 'poolSize'],
  parameter: 'maxPoolSize',
  addressFirst: true,
  addresses: ['uri', 'url'],
  names: ['dbName'],
};

/**
 * 100 since version 4 of the driver, which Mongoose 6 brought; 5 before.
 * https://www.mongodb.com/docs/drivers/node/current/connect/connection-options/connection-pools/,
 * https://github.com/Automattic/mongoose/issues/10809
 */
export const CLIENTS: readonly ClientKind[] = [
  {
    ...common,
    packages: ['mongoose'],
    pool: /^(?:default\.)?(?:connect|createConnection)$/,
    size: (program) => (isBefore(program, 'mongoose', 6) ? 5 : 100),
    once: 'mongoose.connect(url) once, when the program starts',
  },
  {
    ...common,
    packages: ['mongodb'],
    pool: /^(?:default\.)?MongoClient(?:\.connect)?$/,
    size: (program) => (isBefore(program, 'mongodb', 4) ? 5 : 100),
    once: 'const client = new MongoClient(url) at the top of a module',
  },
  {
    ...common,
    packages: ['@nestjs/mongoose'],
    pool: /^MongooseModule\.forRoot(?:Async)?$/,
    size: () => 100,
    once: 'MongooseModule.forRoot(url)',
  },
];

function isBefore(program: Program, name: string, major: number): boolean {
  const version = program.javascript.dependency(name)?.version;
  return version !== undefined && Number.parseInt(version, 10) < major;
}
