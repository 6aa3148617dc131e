import type { TSESTree } from '@typescript-eslint/types';
import type { Scope } from '../facts/fact.js';
import type { Call, FromPackage, Placed, Traced } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { entry, items, text, type Value } from '../link/value.js';
import { unknown, type Evidence, type Location, type Maybe } from '../location.js';
import { combine } from './alternatives.js';
import { networkScope } from './network-scope.js';

/** What a client of a package talks to, and who else reaches that. */
export interface Server {
  readonly product: string;
  readonly scope: Maybe<Scope>;
  /** The file, where it is one. */
  readonly path?: Maybe<string> | undefined;
  readonly evidence: readonly Evidence[];
}

interface Client {
  readonly product: string;
  /** Members (or the package itself, '') whose call or construction makes a client. */
  readonly makers: RegExp;
  /** Makers whose servers are named in ways that never mean the own machine alone. */
  readonly clusters?: RegExp;
  /** What counts where the code gives no address: variables that the client reads itself. */
  readonly variables?: readonly string[];
  readonly keeps?: 'file' | 'memory';
  /** An object of the package whose address is that of another of its calls: `mongoose.connection`. */
  readonly shared?: { readonly member: RegExp; readonly calls: RegExp };
}

const CLIENTS: Readonly<Record<string, Client>> = {
  redis: {
    product: 'Redis',
    makers: /^(createClient|createClientPool|createCluster|createSentinel)$/,
    clusters: /Cluster|Sentinel/,
  },
  '@redis/client': { product: 'Redis', makers: /^(createClient|createCluster)$/, clusters: /Cluster/ },
  ioredis: {
    product: 'Redis',
    makers: /^(|default|Redis|Cluster|Redis\.Cluster|default\.Cluster)$/,
    clusters: /Cluster/,
  },
  iovalkey: { product: 'Valkey', makers: /^(|default|Redis|Cluster)$/, clusters: /Cluster/ },
  '@upstash/redis': { product: 'Redis', makers: /^Redis/, clusters: /./ },
  'ioredis-mock': { product: 'memory', makers: /./, keeps: 'memory' },
  'redis-mock': { product: 'memory', makers: /./, keeps: 'memory' },
  fakeredis: { product: 'memory', makers: /./, keeps: 'memory' },
  mongodb: { product: 'MongoDB', makers: /^MongoClient(\.connect)?$/ },
  mongoose: {
    product: 'MongoDB',
    makers: /^(default\.)?(connect|createConnection)$/,
    shared: { member: /^(default\.)?connections?\b/, calls: /^(default\.)?connect$/ },
  },
  pg: {
    product: 'PostgreSQL',
    makers: /^(default\.)?(Pool|Client|native\.Pool)$/,
    variables: ['PGHOST', 'PGHOSTADDR'],
  },
  'pg-promise': { product: 'PostgreSQL', makers: /^\(\)$/, variables: ['PGHOST'] },
  mysql: { product: 'MySQL', makers: /^create(Pool|Connection|PoolCluster)$/ },
  mysql2: { product: 'MySQL', makers: /^create(Pool|Connection|PoolCluster)$/ },
  mariadb: { product: 'MariaDB', makers: /^create(Pool|Connection)$/ },
  sequelize: { product: 'SQL', makers: /^(|default|Sequelize)$/ },
  knex: { product: 'SQL', makers: /^(|default|knex)$/ },
  'better-sqlite3': { product: 'SQLite', makers: /^(|default)$/, keeps: 'file' },
  sqlite3: { product: 'SQLite', makers: /^(cached\.)?Database$/, keeps: 'file' },
  memcached: { product: 'Memcached', makers: /^$/ },
  memjs: { product: 'Memcached', makers: /^Client\.create$/, variables: ['MEMCACHIER_SERVERS', 'MEMCACHE_SERVERS'] },
};

/** Keys of options that hold an address, the most telling first. */
const ADDRESSES = [
  'url',
  'uri',
  'mongoUrl',
  'connectionString',
  'conString',
  'databaseURL',
  'socketPath',
  'host',
  'hosts',
  'server',
  'servers',
  'path',
];
/** Options in which those stand again. */
const INSIDE = ['socket', 'connection', 'conObject', 'options'];
const CLUSTER_KEYS = ['sentinels', 'rootNodes', 'clusterNodes', 'nodes'];

/** What the client behind an expression talks to; undefined where it is none that is known. */
export function serverBehind(program: Program, client: Placed): Server | undefined {
  const servers = program.javascript.trace(client).map((traced) => serverOf(program, traced));
  return joined(servers);
}

export function joined(servers: readonly (Server | undefined)[]): Server | undefined {
  const [first] = servers;
  if (first === undefined || servers.includes(undefined)) return undefined;
  const all = servers as Server[];
  return {
    product: [...new Set(all.map(({ product }) => product))].join(' or '),
    scope: combine(
      all.map(({ scope }) => scope),
      'a branch decides which server it is',
    ),
    path: all.length === 1 ? first.path : undefined,
    evidence: all.flatMap(({ evidence }) => evidence),
  };
}

/** Whether a package is known as one that makes clients. */
export function isClientPackage(name: string): boolean {
  return Object.hasOwn(CLIENTS, name);
}

export function serverOf(program: Program, traced: Traced): Server | undefined {
  if (traced.kind !== 'package' || !Object.hasOwn(CLIENTS, traced.package)) return undefined;
  const client = CLIENTS[traced.package];
  if (client === undefined) return undefined;
  if (client.shared?.member.test(membersOf(traced)) === true) {
    const calls = program.javascript
      .uses(traced.package)
      .filter(({ steps }) => client.shared?.calls.test(plain(steps)) === true);
    return joined(calls.map((call) => server(program, client, call, plain(call.steps))));
  }
  const at = traced.steps.findIndex((step) => step === '()' || step === 'new');
  const maker = plain(traced.steps.slice(0, at));
  // `pgp(url)` of pg-promise is the second call; `new MongoClient(url).db()` the first of several.
  const call = at < 0 || !client.makers.test(maker) ? undefined : traced.call;
  return call === undefined ? undefined : server(program, client, call, maker);
}

function membersOf({ steps }: FromPackage): string {
  return plain(steps);
}

function plain(steps: readonly string[]): string {
  return steps.join('.');
}

function server(program: Program, client: Client, call: Placed<Call>, maker: string): Server {
  const { product } = client;
  const location = program.javascript.locate(call);
  if (client.keeps === 'memory')
    return { product, scope: 'process', evidence: [at('it is a stand-in in memory', location)] };
  if (client.keeps === 'file') {
    const [file] = call.node.arguments;
    const value =
      file === undefined || file.type === 'SpreadElement'
        ? undefined
        : program.javascript.value({ ...call, node: file });
    const path = text(value);
    const memory = path === '' || path === ':memory:';
    return {
      product,
      scope: memory ? 'process' : 'host',
      ...(memory ? {} : { path: path ?? unknown('the path of its file is not known') }),
      evidence: [at(`${product} is opened here`, location)],
    };
  }
  const evidence = [at(`the client of ${product} is made here`, location)];
  if (client.clusters?.test(maker) === true) return { product, scope: 'cluster', evidence };
  return { product, ...scopeOfCall(program, call, client.variables ?? [], product), evidence };
}

/** The address that a call is given: its own text, or one of its options. */
export function scopeOfCall(
  program: Program,
  call: Placed<Call>,
  variables: readonly string[],
  product: string,
): { scope: Maybe<Scope> } {
  const args = call.node.arguments.filter((one): one is TSESTree.Expression => one.type !== 'SpreadElement');
  if (args.length < call.node.arguments.length)
    return { scope: unknown<Scope>('what it is given is not known', ['host', 'cluster']) };
  const values = args.map((node) => program.javascript.value({ module: call.module, node }));
  const isSqlite = (value: Value): boolean =>
    /sqlite/i.test(text(entry(value, 'dialect')) ?? text(entry(value, 'client')) ?? '') ||
    (text(value) ?? '').startsWith('sqlite:');
  if (values.some(isSqlite)) return { scope: 'host' };
  let decided: Maybe<Scope> | undefined;
  args.forEach((node, index) => {
    const value = values[index];
    if (decided !== undefined || value === undefined) return;
    // `createClient(6379, "cache")`: what is a number is no address.
    if (value.kind === 'int' || value.kind === 'float') return;
    if (value.kind === 'dict' || node.type === 'ObjectExpression')
      decided = scopeOfOptions(program, { module: call.module, node }, product);
    else if (value.kind === 'str' && /^[\w$-]*$/.test(value.value) && args.length > 2) return;
    else decided = networkScope(program, value, `the address of ${product}`);
  });
  if (decided !== undefined) return { scope: decided };
  for (const name of variables) {
    const set = program.launch.environment.get(name);
    if (set !== undefined)
      return {
        scope:
          typeof set.value === 'string'
            ? networkScope(program, { kind: 'str', value: set.value, origin: { locations: [], variables: [] } }, name)
            : 'cluster',
      };
  }
  // Clients that read an address from a variable themselves are given it from outside.
  return {
    scope:
      variables.length > 0
        ? unknown<Scope>(`${variables[0] ?? ''} decides, which nothing here sets`, ['host', 'cluster'])
        : 'host',
  };
}

/** Undefined where the options name no address at all. */
export function scopeOfOptions(
  program: Program,
  options: Placed,
  product: string,
  depth = 2,
): Maybe<Scope> | undefined {
  const { javascript } = program;
  const whole = javascript.value(options);
  const optionOf = (key: string): Value | 'absent' | undefined => {
    const found = javascript.option(options, key);
    if (found === 'absent') return 'absent';
    if (found !== undefined) return javascript.value(found);
    return whole.kind === 'dict' ? (entry(whole, key) ?? 'absent') : undefined;
  };
  for (const key of CLUSTER_KEYS) {
    const found = optionOf(key);
    if (found !== 'absent' && found !== undefined && found.kind !== 'none') return 'cluster';
  }
  let open = false;
  for (const key of ADDRESSES) {
    const found = optionOf(key);
    if (found === undefined) open = true;
    if (found === 'absent' || found === undefined) continue;
    if (found.kind === 'none' && found.origin.variables.length === 0) continue;
    const [first] = items(found) ?? [found];
    if (first !== undefined) return networkScope(program, first, `${key} of ${product}`);
  }
  if (depth > 0) {
    for (const key of INSIDE) {
      const found = javascript.option(options, key);
      if (found === 'absent' || found === undefined) continue;
      const value = javascript.value(found);
      if (value.kind === 'str') return networkScope(program, value, `${key} of ${product}`);
      const inner = scopeOfOptions(program, found, product, depth - 1);
      if (inner !== undefined) return inner;
    }
  }
  if (open || whole.kind === 'unknown' || whole.kind === 'external')
    return unknown<Scope>(`the options of ${product} are not known`, ['host', 'cluster']);
  return undefined;
}

function at(message: string, location: Location): Evidence {
  return { message, location };
}
