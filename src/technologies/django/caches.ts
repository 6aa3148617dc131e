import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { cacheBackEnd } from './back-ends.js';
import { containerPath } from '../container-path.js';
import { scopeOfTables } from './databases.js';
import { lineageOf } from './lineage.js';
import { hostOf, networkPlace } from './network-place.js';
import { settingOf } from './default-settings.js';
import { setHere } from './set-here.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** One entry of CACHES. */
export interface CacheAlias {
  readonly name: string;
  readonly location: Location;
  /** False where the project does not set CACHES and Django's default counts. */
  readonly explicit: boolean;
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly path: Maybe<string> | undefined;
  /** Whether it surely keeps nothing. */
  readonly empty: boolean;
  /** Environment variables that decide the back end. */
  readonly variables: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** The caches of the program; undefined where CACHES cannot be told. */
export function cachesOf(program: Program): readonly CacheAlias[] | undefined {
  return program.memo('django:caches', () => {
    const settings = settingsOf(program);
    const caches = settings === undefined ? undefined : settingOf(settings, 'CACHES');
    if (settings === undefined || caches === undefined) return undefined;
    const possible = alternatives(caches)?.filter((value) => value.kind === 'dict');
    if (possible === undefined || possible.length !== alternatives(caches)?.length) return undefined;
    const names = new Set(
      possible.flatMap((value) => [...value.entries.values()].flatMap(({ key }) => text(key) ?? [])),
    );
    return [...names].map((name) =>
      aliasOf(
        program,
        settings,
        name,
        possible.flatMap((value) => entry(value, name) ?? []),
        reasonFor(caches, 'CACHES'),
      ),
    );
  });
}

function aliasOf(
  program: Program,
  settings: DjangoSettings,
  name: string,
  values: readonly Value[],
  reason: string,
): CacheAlias {
  const setting = `CACHES["${name}"]`;
  const options = values.flatMap((value) => alternatives(value) ?? [value]);
  const each = options.map((option) => one(program, option, setting));
  const paths = each.flatMap(({ path }) => path ?? []);
  const [first] = values;
  const backEnd = entry(options[0], 'BACKEND');
  const why = options.length > 1 && options.length === values.length ? reason : reasonFor(first, setting);
  return {
    name,
    location: backEnd?.origin.locations[0] ?? first?.origin.locations[0] ?? settings.placeOf('CACHES'),
    explicit: settings.names.has('CACHES'),
    store: combine(
      each.map(({ store }) => store),
      why,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      why,
    ),
    path: paths.length === 0 ? undefined : combine(paths, why),
    empty: each.every((possible) => possible.store === 'nothing'),
    variables: backEnd?.origin.variables ?? first?.origin.variables ?? [],
    evidence: [
      ...setHere(program, ...options.flatMap((option) => [entry(option, 'BACKEND'), entry(option, 'LOCATION')])),
      ...each.flatMap(({ evidence }) => evidence),
    ],
  };
}

interface Possibility {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly path?: Maybe<string>;
  readonly evidence: readonly Evidence[];
}

function one(program: Program, options: Value, setting: string): Possibility {
  const backEnd = entry(options, 'BACKEND');
  const names = backEnd === undefined ? undefined : alternatives(backEnd);
  if (backEnd === undefined || names === undefined) {
    const reason = reasonFor(backEnd ?? options, `${setting}["BACKEND"]`);
    return { store: unknown(reason), scope: unknown(reason), evidence: [] };
  }
  const each = names.map((name) => ofBackEnd(program, options, setting, name));
  const [first] = each;
  if (each.length === 1 && first !== undefined) return first;
  const reason = reasonFor(backEnd, `${setting}["BACKEND"]`);
  return {
    store: combine(
      each.map(({ store }) => store),
      reason,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
    evidence: [],
  };
}

function ofBackEnd(program: Program, options: Value, setting: string, name: Value): Possibility {
  const dotted = text(name) ?? (name.kind === 'external' ? name.name : undefined);
  const lineage = dotted === undefined ? undefined : lineageOf(program, dotted, cacheBackEnd);
  if (lineage === undefined) {
    const reason =
      dotted === undefined
        ? reasonFor(name, `${setting}["BACKEND"]`)
        : `where ${dotted} keeps its entries is not known here`;
    return { store: unknown(reason), scope: unknown(reason), evidence: [] };
  }
  const { store, keeper } = lineage.known;
  const evidence = lineage.through;
  const address = entry(options, 'LOCATION');
  switch (keeper) {
    case 'process':
    case 'nothing':
      return { store, scope: 'process', evidence };
    case 'instance':
      return { store, scope: 'host', evidence };
    case 'cluster':
      return { store, scope: 'cluster', evidence };
    case 'files': {
      const path = text(address);
      return {
        store,
        scope: 'host',
        path: path === undefined ? unknown(reasonFor(address, `${setting}["LOCATION"]`)) : containerPath(program, path),
        evidence,
      };
    }
    case 'database': {
      const tables = scopeOfTables(program);
      return { store, scope: tables.scope, evidence: [...evidence, ...tables.evidence] };
    }
    case 'server':
      return { store, scope: scopeOfServers(program, address, `${setting}["LOCATION"]`), evidence };
  }
}

/** The narrowest of the servers counts: entries are spread over all of them. */
function scopeOfServers(program: Program, address: Value | undefined, setting: string): Maybe<Scope> {
  if (address === undefined) return unknown(`${setting} is not set`, ['host', 'cluster']);
  const possible = alternatives(address);
  if (possible === undefined) return networkPlace(program, address, setting).scope;
  const scopes = possible.map((value): Maybe<Scope> => {
    const servers = items(value) ?? [value];
    const each = servers
      .flatMap((server) => addressesIn(server))
      .map((server) => {
        const { host, port } = server.kind === 'str' ? hostOf(server.value) : { host: undefined };
        const named: Value = host === undefined || server.kind !== 'str' ? server : { ...server, value: host };
        return networkPlace(program, named, setting, port).scope;
      });
    return each.find((scope) => scope === 'host') ?? each.find((scope) => isUnknown(scope)) ?? 'cluster';
  });
  return combine(scopes, reasonFor(address, setting));
}

/** Django splits one text at commas and semicolons into servers. */
function addressesIn(server: Value): readonly Value[] {
  if (server.kind !== 'str') return [server];
  return server.value.split(/[,;]/).map((part) => ({ ...server, value: part.trim() }));
}
