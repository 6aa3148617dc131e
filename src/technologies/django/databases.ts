import { unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type DictValue, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { databaseEngine, type Engine } from './back-ends.js';
import { containerPath } from '../container-path.js';
import { installedDriver } from './installed-driver.js';
import { lineageOf } from './lineage.js';
import { networkPlace } from './network-place.js';
import { settingOf } from './default-settings.js';
import { replacedLocally } from './local-settings.js';
import { setHere } from './set-here.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** One entry of DATABASES. */
export interface DatabaseAlias {
  readonly name: string;
  readonly location: Location;
  /** Where the entry begins. */
  readonly entry: Location;
  readonly product: Maybe<string>;
  /** The engines it can be; empty where that is not known. */
  readonly engines: readonly Engine[];
  readonly scope: Maybe<Scope>;
  readonly host: Maybe<string> | undefined;
  readonly path: Maybe<string> | undefined;
  /** Its options, one dict per possibility; empty where they are not known. */
  readonly options: readonly DictValue[];
  readonly variables: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** The databases of the program; undefined where DATABASES cannot be told. */
export function databasesOf(program: Program): readonly DatabaseAlias[] | undefined {
  return program.memo('django:databases', () => {
    const settings = settingsOf(program);
    const databases = settings === undefined ? undefined : settingOf(settings, 'DATABASES');
    if (settings === undefined || databases === undefined) return undefined;
    const all = alternatives(databases);
    const possible = all?.filter((value) => value.kind === 'dict') ?? [];
    if (all?.length !== possible.length) return undefined;
    const names = new Set(possible.flatMap((one) => [...one.entries.values()].flatMap(({ key }) => text(key) ?? [])));
    return [...names].map((name) =>
      aliasOf(
        program,
        settings,
        name,
        possible.flatMap((one) => entry(one, name) ?? []),
        reasonFor(databases, 'DATABASES'),
      ),
    );
  });
}

/** Who sees the tables of a model that no router sends elsewhere. */
export function scopeOfTables(program: Program): { scope: Maybe<Scope>; evidence: readonly Evidence[] } {
  const databases = databasesOf(program);
  const main = databases?.find(({ name }) => name === 'default');
  if (main === undefined) {
    return { scope: unknown(reasonFor(settingsOf(program)?.get('DATABASES'), 'DATABASES')), evidence: [] };
  }
  const evidence = [{ message: `the default database is ${nameOf(main)}`, location: main.location }];
  const routers = settingsOf(program)?.get('DATABASE_ROUTERS');
  const routed = routers !== undefined && (items(routers)?.length ?? 1) > 0;
  if (!routed || databases?.length === 1) return { scope: main.scope, evidence };
  return {
    scope: combine(
      (databases ?? []).map(({ scope }) => scope),
      'DATABASE_ROUTERS decide which database holds the table',
    ),
    evidence,
  };
}

function nameOf(alias: DatabaseAlias): string {
  return typeof alias.product === 'string' ? alias.product : 'not known';
}

function aliasOf(
  program: Program,
  settings: DjangoSettings,
  name: string,
  values: readonly Value[],
  why: string,
): DatabaseAlias {
  const setting = `DATABASES["${name}"]`;
  const all = values.flatMap((value) => alternatives(value) ?? [value]);
  const options = all.filter((option) => option.kind === 'dict');
  const engine = entry(options[0], 'ENGINE');
  const location = engine?.origin.locations[0] ?? values[0]?.origin.locations[0] ?? settings.placeOf('DATABASES');
  const reason = values.length > 1 ? why : reasonFor(values[0], setting);
  const begin = writtenIn(settings.get('DATABASES'), options[0]) ?? options[0]?.origin.locations[0] ?? location;
  const common = { name, location, entry: begin, variables: engine?.origin.variables ?? [] };
  if (options.length === 0 || options.length !== all.length) {
    return {
      ...common,
      product: unknown(reason),
      engines: [],
      scope: unknown(reason),
      host: undefined,
      path: undefined,
      options: [],
      evidence: [],
    };
  }
  const each = options.map((option) => one(program, settings, option, setting));
  const hosts = each.flatMap(({ host }) => host ?? []);
  const driver = undecidedEngine(program, each, options);
  const paths = each.flatMap(({ path }) => path ?? []);
  return {
    ...common,
    ...(driver ?? {
      product: combine(
        each.map(({ product }) => product),
        reason,
      ),
      engines: each.flatMap((possible) => possible.engine ?? []),
      scope: combine(
        each.map(({ scope }) => scope),
        reason,
      ),
    }),
    host: hosts.length === 0 ? undefined : combine(hosts, reason),
    path: paths.length === 0 ? undefined : combine(paths, reason),
    options,
    evidence: [
      ...setHere(program, ...options.flatMap((option) => [entry(option, 'ENGINE'), entry(option, 'HOST')])),
      ...each.flatMap(({ evidence }) => evidence),
    ],
  };
}

/** Where the entry stands in the statement that made the databases, and not where something was added to it later. */
function writtenIn(databases: Value | undefined, options: DictValue | undefined): Location | undefined {
  for (const made of [...(databases?.origin.locations ?? [])].reverse()) {
    const { startLine, endLine } = made.region;
    const found = options?.origin.locations.find(
      ({ uri, region }) => uri === made.uri && region.startLine >= startLine && region.endLine <= endLine,
    );
    if (found !== undefined && endLine > startLine) return found;
  }
  return undefined;
}

/**
 * A file that is there for whoever sets no variable, beside a driver that is installed for a server: production speaks to that,
 * or it would not be installed. Where that server is, nobody says.
 */
function undecidedEngine(
  program: Program,
  each: readonly Possibility[],
  options: readonly DictValue[],
): Pick<DatabaseAlias, 'product' | 'engines' | 'scope'> | undefined {
  const { environment } = program.launch;
  const isOpen = ({ engine }: Possibility, i: number): boolean => {
    const variables = entry(options[i], 'ENGINE')?.origin.variables ?? [];
    return engine?.keeper === 'file' && variables.length > 0 && !variables.some((name) => environment.has(name));
  };
  const driver = each.length > 0 && each.every(isOpen) ? installedDriver(program) : undefined;
  const engine = driver === undefined ? undefined : databaseEngine(`django.db.backends.${driver.product}`);
  if (driver === undefined || engine === undefined || driver.dependency.development) return undefined;
  const variables = entry(options[0], 'ENGINE')?.origin.variables.join(', ') ?? '';
  const reason = `a file is what counts where ${variables} is not set, and ${driver.dependency.name} is installed for a server`;
  return { product: unknown(reason), engines: [engine], scope: unknown(reason, ['host', 'cluster']) };
}

interface Possibility {
  readonly product: Maybe<string>;
  readonly engine: Engine | undefined;
  readonly scope: Maybe<Scope>;
  readonly host?: Maybe<string>;
  readonly path?: Maybe<string>;
  readonly evidence: readonly Evidence[];
}

function one(program: Program, settings: DjangoSettings, options: DictValue, setting: string): Possibility {
  const engine = entry(options, 'ENGINE');
  // Without an engine Django asks no database at all: where one may be absent, what runs is one of the others.
  const named = engine?.kind === 'unknown' ? { ...engine, absent: false } : engine;
  const names = named === undefined ? undefined : alternatives(named);
  if (engine === undefined || names === undefined) {
    const what = `${setting}["ENGINE"]`;
    const reason = engine === undefined ? `${what} is not set` : reasonFor(engine, what);
    return { product: unknown(reason), engine: undefined, scope: unknown(reason), evidence: [] };
  }
  const each = names.map((name) => ofEngine(program, settings, options, setting, name));
  const [first] = each;
  if (each.length === 1 && first !== undefined) return first;
  const reason = reasonFor(engine, `${setting}["ENGINE"]`);
  return {
    product: combine(
      each.map(({ product }) => product),
      reason,
    ),
    engine: undefined,
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
    evidence: [],
  };
}

function ofEngine(
  program: Program,
  settings: DjangoSettings,
  options: DictValue,
  setting: string,
  name: Value,
): Possibility {
  const dotted = text(name);
  // ENGINE names a package whose `base` module holds the class DatabaseWrapper.
  const lineage =
    dotted === undefined
      ? undefined
      : (lineageOf(program, dotted, databaseEngine) ??
        lineageOf(program, `${dotted}.base.DatabaseWrapper`, (known) =>
          databaseEngine(known.replace(/\.base\.DatabaseWrapper$/, '')),
        ));
  if (lineage === undefined) {
    const reason = whyNoEngine(name, dotted, `${setting}["ENGINE"]`);
    return { product: unknown(reason), engine: undefined, scope: unknown(reason), evidence: [] };
  }
  const engine = lineage.known;
  const evidence = lineage.through;
  if (engine.keeper === 'file')
    return { product: engine.engine, engine, evidence, ...fileOf(program, settings, options, setting, name) };
  if (engine.keeper === 'cluster') return { product: engine.engine, engine, scope: 'cluster', evidence };
  const host = entry(options, 'HOST');
  if (host === undefined || text(host) === '') {
    // libpq and MySQL read the address from a service or options file where HOST is empty.
    const named = ['service', 'read_default_file', 'host', 'dsn', 'unix_socket'].find(
      (option) => entry(entry(options, 'OPTIONS'), option) !== undefined,
    );
    if (
      named !== undefined ||
      engine.engine === 'oracle' ||
      engine.engine === 'mongodb' ||
      engine.engine === 'sqlserver'
    ) {
      const reason = `${setting}["HOST"] is empty${named === undefined ? '' : ` and OPTIONS["${named}"] decides`}`;
      return { product: engine.engine, engine, scope: unknown(reason, ['host', 'cluster']), evidence };
    }
    const variable = program.launch.environment.get('PGHOST');
    if (engine.engine === 'postgresql' && variable !== undefined)
      return { product: engine.engine, engine, scope: 'cluster', host: variable.value, evidence };
    // libpq reads PGHOST, and a socket of a container leads nowhere: where variables come from a secret, one of them says it.
    const { openEnvironment } = program.launch;
    if (engine.engine === 'postgresql' && openEnvironment !== undefined) {
      const reason = `${setting}["HOST"] is empty, and PGHOST decides: ${openEnvironment}`;
      return { product: engine.engine, engine, scope: unknown(reason, ['host', 'cluster']), evidence };
    }
  }
  const port = entry(options, 'PORT');
  const portText = port?.kind === 'int' ? String(port.value) : text(port);
  const place = networkPlace(program, host ?? absent(options), `${setting}["HOST"]`, portText);
  return { product: engine.engine, engine, ...place, evidence };
}

/** Django's own template once said "django.db.backends.", for people to complete it. */
function whyNoEngine(name: Value, dotted: string | undefined, setting: string): string {
  if (dotted === undefined) return reasonFor(name, setting);
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(dotted)
    ? `${dotted} is not known here`
    : `${setting} is "${dotted}", which names no engine until something else completes it`;
}

function absent(options: DictValue): Value {
  return { kind: 'str', value: '', origin: { locations: options.origin.locations, variables: [] } };
}

function fileOf(
  program: Program,
  settings: DjangoSettings,
  options: DictValue,
  setting: string,
  engine: Value,
): { scope: Maybe<Scope>; path?: Maybe<string> } {
  const file = ofFile(program, options, setting);
  const [place] = engine.origin.locations;
  if (place === undefined || engine.origin.variables.length > 0) return file;
  const elsewhere = replacedLocally(program, settings, place);
  return elsewhere === undefined ? file : { ...file, scope: unknown(elsewhere, ['host', 'cluster']) };
}

function ofFile(program: Program, options: DictValue, setting: string): { scope: Maybe<Scope>; path?: Maybe<string> } {
  const name = entry(options, 'NAME');
  const possible = name === undefined ? undefined : alternatives(name);
  // Whatever the file is called, it is on this machine; only `:memory:` is not even that.
  if (name === undefined || possible === undefined)
    return { scope: 'host', path: unknown(reasonFor(name, `${setting}["NAME"]`)) };
  const reason = reasonFor(name, `${setting}["NAME"]`);
  const paths = possible.map((value) => text(value));
  return {
    scope: combine(
      paths.map((path): Scope => (path !== undefined && isMemory(path) ? 'process' : 'host')),
      reason,
    ),
    path: combine(
      paths.map((path) => (path === undefined ? unknown<string>(reason) : containerPath(program, path))),
      reason,
    ),
  };
}

function isMemory(path: string): boolean {
  return path === ':memory:' || (path.startsWith('file:') && /mode=memory|:memory:/.test(path));
}
