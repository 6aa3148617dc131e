import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text, type Value } from '../../link/value.js';
import type { Scope } from '../../facts/fact.js';
import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { containerPath } from '../container-path.js';
import { optionAt } from '../client-options.js';
import { callsNamed } from '../javascript-calls.js';
import { madeWhen } from '../made-when.js';
import { networkScope } from '../network-scope.js';
import { isReached } from '../reached.js';
import { datasourceOf, type Datasource } from './schema.js';

export interface PrismaDatabase {
  readonly datasource: Datasource;
  readonly engine: string;
  readonly scope: Maybe<Scope>;
  readonly host: Maybe<string> | undefined;
  readonly path: Maybe<string> | undefined;
  readonly setting: string;
  readonly address: Value | undefined;
}

export interface PrismaClient {
  /** Where it is made; where nothing makes it in sight, where its database is named. */
  readonly location: Location;
  /** The way from a request, where one makes it. */
  readonly perRequest: readonly Evidence[] | undefined;
  readonly maximum: Maybe<number>;
  readonly explicit: Maybe<boolean>;
  /** Set where its address, which is not in the repository, could say another size. */
  readonly assumed?: true;
  readonly setting: string;
}

/** The database of a program that uses Prisma; undefined where it does not. */
export function prismaDatabase(program: Program): PrismaDatabase | undefined {
  return program.memo('prisma:database', () => {
    const { javascript } = program;
    const uses =
      javascript.imports('@prisma/client') ||
      javascript.modules.some(({ document }) => /\bPrismaClient\b/.test(document.text)) ||
      (javascript.modules.length === 0 && javascript.dependency('@prisma/client') !== undefined);
    const datasource = uses ? datasourceOf(program) : undefined;
    if (datasource === undefined) return undefined;
    const engine = ENGINES[datasource.provider] ?? datasource.provider;
    const address = addressOf(program, datasource);
    const setting = datasource.url?.variable ?? 'url';
    if (engine === 'sqlite')
      return {
        datasource,
        engine,
        setting,
        address,
        scope: 'host',
        host: undefined,
        path: fileOf(program, datasource, address),
      };
    const value: Value = address ?? {
      kind: 'unknown',
      reason: 'its address is set elsewhere',
      origin: { locations: [], variables: ['DATABASE_URL'] },
    };
    const host = /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#,]*)/i.exec(text(address) ?? '')?.[1];
    return {
      datasource,
      engine,
      setting,
      address,
      scope: networkScope(program, value, setting),
      host: host === undefined || host === '' ? unknown(`${setting} is not known`) : host,
      path: undefined,
    };
  });
}

/** Names of products behind the providers of Prisma. */
const ENGINES: Readonly<Record<string, string>> = { postgres: 'postgresql', cockroachdb: 'cockroachdb' };

function addressOf(program: Program, { url }: Datasource): Value | undefined {
  if (url?.text !== undefined)
    return { kind: 'str', value: url.text, origin: { locations: [url.location], variables: [] } };
  if (url?.variable === undefined) return undefined;
  const set = program.launch.environment.get(url.variable);
  const origin = { locations: [set?.location ?? url.location], variables: [url.variable] };
  if (set === undefined) return { kind: 'unknown', reason: `${url.variable} is not set in the repository`, origin };
  return isUnknown(set.value)
    ? { kind: 'unknown', reason: set.value.unknown, origin }
    : { kind: 'str', value: set.value, origin };
}

/** A path is relative to the schema. */
function fileOf(program: Program, { location }: Datasource, address: Value | undefined): Maybe<string> {
  const path = text(address)
    ?.replace(/^file:/, '')
    .replace(/\?.*$/, '');
  if (path === undefined) return unknown('the path of its file is not known');
  return path.startsWith('/') ? path : containerPath(program, `/repository/${joinPath(folderOf(location.uri), path)}`);
}

/** The clients that production makes: each of them has a pool of its own. */
export function prismaClients(program: Program, database: PrismaDatabase): readonly PrismaClient[] {
  const { javascript } = program;
  const made = javascript
    .uses('@prisma/client')
    .filter(({ steps, node }) => node.type === 'NewExpression' && /^(?:default\.)?PrismaClient$/.test(steps.join('.')))
    .filter((use) => isReached(program, use) !== false);
  // A client that is generated into the repository, or a class that extends it, is known by its name.
  if (made.length === 0) {
    const size = sizeOf(program, database);
    const found = adapterUse(program)?.location ?? ownClient(program);
    const { url, location } = database.datasource;
    // Another component may make it, which is told there.
    const { assumed, ...unseen } = size;
    return found === undefined && assumed === true
      ? [
          {
            ...unseen,
            explicit: unknown('where its client is made was not found', [true, false]),
            location: url?.location ?? location,
            perRequest: undefined,
          },
        ]
      : [{ ...size, location: found ?? url?.location ?? location, perRequest: undefined }];
  }
  return made.map((use) => ({
    ...sizeOf(program, database),
    location: javascript.locate(use),
    perRequest: madeWhen(program, use),
  }));
}

/** What twice the cores and one more come to on the machines that people rent. */
const BY_CORES = [3, 5, 9, 17];

/**
 * Up to version 6 the engine's own pool: `connection_limit` of the address, else num_physical_cpus * 2 + 1
 * (https://www.prisma.io/docs/v6/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool). With a driver
 * adapter, the only way since version 7, the pool of the driver: 10 with pg, mariadb and mssql
 * (https://www.prisma.io/docs/orm/v7/prisma-client/setup-and-configuration/databases-connections/connection-pool).
 */
function sizeOf(
  program: Program,
  { address, engine }: PrismaDatabase,
): Pick<PrismaClient, 'maximum' | 'explicit' | 'setting' | 'assumed'> {
  if (engine === 'mongodb')
    return {
      maximum: parameter(address, 'maxPoolSize') ?? 100,
      explicit: parameter(address, 'maxPoolSize') !== undefined,
      setting: 'maxPoolSize',
    };
  const adapter = adapterOf(program);
  if (adapter !== undefined) return adapter;
  const written = parameter(address, 'connection_limit');
  if (written !== undefined) return { maximum: written, explicit: true, setting: 'connection_limit' };
  if (address !== undefined && text(address) === undefined) {
    const reason = 'its address, which is not known, may set connection_limit';
    return {
      maximum: unknown(reason),
      explicit: false,
      assumed: true,
      setting: `connection_limit, which ${address.origin.variables[0] ?? 'its address'} could hold,`,
    };
  }
  return {
    maximum: unknown('connection_limit is not set, so it depends on the cores of the machine', BY_CORES),
    explicit: false,
    setting: 'connection_limit',
  };
}

function parameter(address: Value | undefined, name: string): number | undefined {
  const found = new RegExp(`[?&]${name}=(\\d+)`).exec(text(address) ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Adapters of Prisma, with the option of the driver that bounds its pool. */
const ADAPTERS: readonly (readonly [name: string, maker: string, option: string])[] = [
  ['@prisma/adapter-pg', 'PrismaPg', 'max'],
  ['@prisma/adapter-neon', 'PrismaNeon', 'max'],
  ['@prisma/adapter-mariadb', 'PrismaMariaDb', 'connectionLimit'],
  ['@prisma/adapter-mssql', 'PrismaMssql', 'pool.max'],
];

interface Adapter {
  readonly option: string;
  readonly made: Placed<Call>;
  readonly location: Location;
}

/** The adapter that production makes. */
function adapterUse(program: Program): Adapter | undefined {
  const { javascript } = program;
  for (const [name, maker, option] of ADAPTERS) {
    const made = (javascript.imports(name) ? javascript.uses(name) : []).find(
      (use) => use.steps.join('.') === maker && !ASIDE.test(use.module.path) && isReached(program, use) !== false,
    );
    if (made !== undefined) return { option, made, location: javascript.locate(made) };
  }
  return undefined;
}

/** `new PrismaPg(pool)`: whoever made the pool has stated it. */
export function isGivenPool(program: Program): boolean {
  const [first] = adapterUse(program)?.made.node.arguments ?? [];
  const module = adapterUse(program)?.made.module;
  if (first === undefined || module === undefined) return false;
  return program.javascript
    .trace({ module, node: first })
    .some((one) => one.kind === 'package' && one.steps.some((step) => /[Pp]ool$/.test(step)));
}

/** `new PrismaClient()` or `class Database extends PrismaClient`, wherever that comes from. */
function ownClient(program: Program): Location | undefined {
  const { javascript } = program;
  for (const call of callsNamed(program, 'PrismaClient'))
    if (call.node.type === 'NewExpression' && !ASIDE.test(call.module.path)) return javascript.locate(call);
  for (const module of javascript.modules) {
    if (ASIDE.test(module.path) || !/\bextends PrismaClient\b/.test(module.document.text)) continue;
    let found: Location | undefined;
    walkJavaScript(module.document.tree, (node) => {
      if (
        node.type === 'ClassDeclaration' &&
        node.superClass?.type === 'Identifier' &&
        node.superClass.name === 'PrismaClient'
      )
        found ??= javascript.locate({ module, node: node.superClass });
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Code that fills or changes a database, or tries it. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|seeds?|scripts|migrations?)\/|(?:^|\/)seed\.[cm]?[jt]s$|\.(?:test|spec)\.[cm]?[jt]sx?$/;

function adapterOf(program: Program): Pick<PrismaClient, 'maximum' | 'explicit' | 'setting'> | undefined {
  const { javascript } = program;
  const used = adapterUse(program);
  if (used !== undefined) {
    const { option, made } = used;
    const [first] = made.node.arguments;
    const options: Placed | undefined = first === undefined ? undefined : { module: made.module, node: first };
    const found = options === undefined ? 'absent' : optionAt(program, [options], option);
    if (found === 'absent') return { maximum: 10, explicit: false, setting: option };
    const value = found === 'unknown' ? undefined : found.value;
    const size = value?.kind === 'int' ? Number(value.value) : unknown<number>(`${option} is not known`);
    return { maximum: size, explicit: true, setting: option };
  }
  const version = javascript.dependency('@prisma/client')?.version;
  return version !== undefined && Number.parseInt(version, 10) >= 7
    ? {
        maximum: unknown('its adapter was not found'),
        explicit: unknown('its adapter was not found'),
        setting: 'adapter',
      }
    : undefined;
}
