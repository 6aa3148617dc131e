import type { Placed, Use } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { text, type Value } from '../link/value.js';
import type { Scope } from '../facts/fact.js';
import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../location.js';
import { alternatives, combine, reasonFor } from './alternatives.js';
import {
  argumentsOf,
  first,
  isGivenClient,
  isReplica,
  optionAt,
  type ClientKind,
  type Given,
} from './client-options.js';
import { containerPath } from './container-path.js';
import { isGivenIn, madeWhen } from './made-when.js';
import { networkScope } from './network-scope.js';
import { sizeOf } from './pool-size.js';
import { isReached } from './reached.js';

/** One client that the code makes. */
export interface DatabaseClient {
  readonly name: string;
  readonly engine: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly host: Maybe<string> | undefined;
  readonly path: Maybe<string> | undefined;
  readonly lifetime: 'request' | 'persistent' | 'pooled';
  readonly maximum: Maybe<number> | undefined;
  readonly explicit: Maybe<boolean>;
  /** Set where an address that is not in the repository could say another size. */
  readonly assumed?: true;
  readonly setting: string;
  /** What holds its address. */
  readonly addressedBy: string;
  readonly remedy: string;
  /** Where it is made. */
  readonly made: Location;
  /** Where its size is set, else where it is made. */
  readonly location: Location;
  readonly evidence: readonly Evidence[];
}

/** The clients of a package that production makes. */
export function databaseClients(program: Program, kind: ClientKind): readonly DatabaseClient[] {
  const found: DatabaseClient[] = [];
  for (const name of kind.packages) {
    if (!program.javascript.imports(name)) continue;
    for (const use of program.javascript.uses(name)) {
      const maker = use.steps.join('.');
      const pools = kind.pool.test(maker);
      if (!pools && kind.single?.test(maker) !== true) continue;
      if (kind.subpath?.test(use.subpath) === false || (kind.wraps === true && isGivenClient(program, use))) continue;
      // `require('knex')` called with nothing, or a pool for a test.
      if (isReached(program, use) === false) continue;
      if (isReplica(program, kind, use)) continue;
      const client = clientOf(program, kind, use, pools);
      if (isUnknown(client.host ?? client.path) && isGuest(program, kind, use)) continue;
      found.push(client);
    }
  }
  return found;
}

/** Somebody else's database, which the program only looks at: its address comes in as data, not from the environment. */
function isGuest(program: Program, kind: ClientKind, use: Use): boolean {
  if (!isGivenIn(use)) return false;
  const { value } = addressOf(program, kind, argumentsOf(program, kind, use));
  return value === undefined || value.origin.variables.length === 0;
}

function clientOf(program: Program, kind: ClientKind, use: Use, pools: boolean): DatabaseClient {
  const given = argumentsOf(program, kind, use);
  const made = program.javascript.locate(use);
  const place = addressOf(program, kind, given);
  const engine = engineOf(program, kind, given, place.value);
  const when = madeWhen(program, use);
  const size = pools ? sizeOf(program, kind, given, place.value) : undefined;
  const common = { name: nameOf(program, kind, given, place.value), engine, made, addressedBy: place.setting };
  const where = whereOf(program, kind, given, place, engine);
  if (when !== undefined)
    return {
      ...common,
      ...where,
      lifetime: 'request',
      maximum: undefined,
      explicit: true,
      setting: pools ? 'a pool of its own for each request' : 'a connection of its own for each request',
      remedy: kind.once,
      location: made,
      evidence: when,
    };
  return {
    ...common,
    ...where,
    lifetime: pools ? 'pooled' : 'persistent',
    maximum: size === undefined ? 1 : size.value,
    explicit: size === undefined || size.explicit,
    ...(size?.assumed === true ? { assumed: true as const } : {}),
    setting: size === undefined ? 'one connection' : size.setting,
    remedy: '',
    location: size?.location ?? made,
    evidence: size?.location === undefined ? [] : [{ message: 'the pool is made here', location: made }],
  };
}

interface Address {
  readonly value: Value | undefined;
  readonly open: boolean;
  readonly setting: string;
}

function addressOf(program: Program, kind: ClientKind, { texts, options }: Given): Address {
  // `new Sequelize('shop', 'user', 'password', { host })`: of several texts only one can be an address.
  const url = texts.find((value) => value.kind !== 'str' || /^[a-z][\w+.-]*:/i.test(value.value));
  if (url !== undefined && (texts.length === 1 || url.kind === 'str'))
    return { value: url, open: false, setting: 'its address' };
  for (const path of kind.addresses) {
    const found = optionAt(program, options, path);
    if (found !== 'absent' && found !== 'unknown') return { value: found.value, open: false, setting: path };
  }
  const open = kind.addresses.some((path) => optionAt(program, options, path) === 'unknown');
  for (const variable of kind.variables ?? []) {
    const set = program.launch.environment.get(variable);
    if (set === undefined) continue;
    const origin = { locations: set.location === undefined ? [] : [set.location], variables: [variable] };
    const value: Value = isUnknown(set.value)
      ? { kind: 'unknown', reason: set.value.unknown, origin }
      : { kind: 'str', value: set.value, origin };
    return { value, open: false, setting: variable };
  }
  return { value: undefined, open, setting: kind.addresses[0] ?? 'its address' };
}

function engineOf(program: Program, kind: ClientKind, { options }: Given, address: Value | undefined): Maybe<string> {
  if (typeof kind.engine === 'string') return kind.engine;
  const found = first(program, options, kind.engine);
  const part = found === 'absent' || found === 'unknown' ? undefined : dialectBehind(program, found.place);
  if (part !== undefined) return engineNamed(part);
  const written = found === 'absent' || found === 'unknown' ? undefined : found.value;
  const words =
    written === undefined ? undefined : alternatives(written)?.map((value) => engineNamed(text(value) ?? ''));
  if (words !== undefined) return combine(words, reasonFor(written, kind.engine[0] ?? ''));
  const schemes = (address === undefined ? [] : (alternatives(address) ?? [])).map(
    (value) => /^([a-z][\w+]*):/i.exec(text(value) ?? '')?.[1],
  );
  if (schemes.every((scheme) => scheme === undefined) && found === 'absent' && kind.usualEngine !== undefined)
    return kind.usualEngine;
  return schemes.length === 0 || schemes.includes(undefined)
    ? unknown(reasonFor(written, kind.engine[0] ?? 'which database it is'))
    : combine(
        schemes.map((scheme) => engineNamed(scheme ?? '')),
        reasonFor(address, kind.engine[0] ?? 'which database it is'),
      );
}

/** `require('knex/lib/dialects/sqlite3')`: a dialect that is handed over as a class. */
function dialectBehind(program: Program, place: Placed): string | undefined {
  for (const traced of program.javascript.trace(place)) {
    const named = traced.kind === 'package' ? /dialects?\/([\w-]+)/.exec(traced.subpath) : null;
    if (named !== null) return named[1];
  }
  return undefined;
}

/** Dialects and drivers, by the name of the product. */
function engineNamed(word: string): Maybe<string> {
  if (/^(?:postgres|postgresql|pg|pg-native|cockroachdb|aurora-postgres|redshift)$/i.test(word)) return 'postgresql';
  if (/^(?:mysql2?|mariadb|aurora-mysql)$/i.test(word)) return 'mysql';
  if (/sqlite|sqljs|^file$/i.test(word)) return 'sqlite';
  if (/^(?:libsql|https?|wss?)$/i.test(word)) return 'libsql';
  if (/^mongodb/i.test(word)) return 'mongodb';
  if (/^(?:mssql|tedious|sqlserver)$/i.test(word)) return 'sqlserver';
  return word === '' ? unknown('which database it is, is not told') : word.toLowerCase();
}

type Where = Pick<DatabaseClient, 'scope' | 'host' | 'path'>;

function whereOf(
  program: Program,
  kind: ClientKind,
  given: Given,
  { value, open, setting }: Address,
  engine: Maybe<string>,
): Where {
  if (engine === 'sqlite') return fileOf(program, kind, given, value);
  if (isUnknown(engine) && engine.candidates?.includes('sqlite') === true)
    return { scope: unknown<Scope>(engine.unknown, ['host', 'cluster']), host: undefined, path: undefined };
  if (open) {
    const reason = `${setting} is not known`;
    return { scope: unknown<Scope>(reason, ['host', 'cluster']), host: unknown(reason), path: undefined };
  }
  if (value === undefined) {
    const reason = 'the environment may give its address';
    return kind.variables === undefined
      ? { scope: 'host', host: 'localhost', path: undefined }
      : { scope: unknown<Scope>(reason, ['host', 'cluster']), host: unknown(reason), path: undefined };
  }
  const hosts = (alternatives(value) ?? []).map((one) => hostIn(text(one)));
  const host =
    hosts.length === 0 || hosts.includes(undefined)
      ? unknown<string>(reasonFor(value, setting))
      : combine(hosts as string[], reasonFor(value, setting));
  return { scope: networkScope(program, value, setting), host, path: undefined };
}

function hostIn(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (address === '') return 'localhost';
  const [, host] =
    /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#,]*)/i.exec(address) ??
    /^(\[[^\]]*\]|[^:/,]+)(?::\d+)?$/.exec(address) ??
    [];
  return host === undefined ? address : host || 'localhost';
}

function fileOf(program: Program, kind: ClientKind, { texts, options }: Given, address: Value | undefined): Where {
  const found = first(program, options, kind.files ?? []);
  const value = found === 'absent' || found === 'unknown' ? (address ?? texts[0]) : found.value;
  const paths = (value === undefined ? undefined : alternatives(value))?.map(pathIn);
  const files = paths?.filter((path) => path === undefined || !isInMemory(path));
  if (files?.length === 0) return { scope: 'process', host: undefined, path: undefined };
  const reason = reasonFor(value, 'the path of its file');
  const [path] = files ?? [];
  return {
    scope: 'host',
    host: undefined,
    path: path === undefined || files?.length !== 1 ? unknown(reason) : containerPath(program, path),
  };
}

function pathIn(value: Value): string | undefined {
  return text(value)
    ?.replace(/^(?:sqlite|file):(?:\/\/)?/, '')
    .replace(/\?.*$/, '');
}

function isInMemory(path: string): boolean {
  return path === '' || path.includes(':memory:');
}

function nameOf(program: Program, kind: ClientKind, { texts, options }: Given, address: Value | undefined): string {
  const found = first(program, options, kind.names);
  const named = found === 'absent' || found === 'unknown' ? undefined : text(found.value);
  const plain = texts.find((value) => value.kind === 'str' && /^[\w-]+$/.test(value.value));
  const inUrl = /^[a-z][\w+.-]*:\/\/[^/]*\/([\w-]+)/i.exec(text(address) ?? '')?.[1];
  return (named !== undefined && /^[\w.-]{1,60}$/.test(named) ? named : undefined) ?? inUrl ?? text(plain) ?? 'default';
}
