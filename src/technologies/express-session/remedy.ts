import type { Program } from '../../link/program.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { redisClientOf } from '../javascript-redis.js';

/** What the project has already, and the store that goes with it. */
const KEPT = [
  { package: 'redis', variable: 'redisClient', line: (name: string) => `store: new RedisStore({ client: ${name} })` },
  { package: 'ioredis', variable: 'redis', line: (name: string) => `store: new RedisStore({ client: ${name} })` },
  {
    package: 'mongoose',
    variable: '',
    line: () => 'store: MongoStore.create({ client: mongoose.connection.getClient() })',
  },
  { package: 'mongodb', variable: 'client', line: (name: string) => `store: MongoStore.create({ client: ${name} })` },
  {
    package: 'pg',
    variable: 'pool',
    line: (name: string) =>
      `store: new (require('connect-pg-simple')(session))({ pool${name === 'pool' ? '' : `: ${name}`} })`,
  },
  { package: 'sequelize', variable: 'sequelize', line: (name: string) => `store: new SequelizeStore({ db: ${name} })` },
  {
    package: 'knex',
    variable: 'knex',
    line: (name: string) => `store: new ConnectSessionKnexStore({ knex${name === 'knex' ? '' : `: ${name}`} })`,
  },
];

/** The line to write: with a client that the project has, else with a new one of Redis. */
export function remedyFor(program: Program): string {
  for (const { package: name, variable, line } of KEPT) {
    if (program.javascript.imports(name)) return line(variableOf(program, name) ?? variable);
  }
  return `store: new RedisStore({ client: ${redisClientOf(program).made} })`;
}

/** The name of the variable that holds the client. */
function variableOf(program: Program, name: string): string | undefined {
  for (const { module, node } of program.javascript.uses(name)) {
    for (const above of nodesAbove(module.document.tree, node)) {
      if (above.type === 'VariableDeclarator' && above.id.type === 'Identifier') return above.id.name;
      if (
        above.type !== 'AwaitExpression' &&
        above.type !== 'TSAsExpression' &&
        above.type !== 'CallExpression' &&
        above.type !== 'MemberExpression'
      )
        break;
    }
  }
  return undefined;
}
