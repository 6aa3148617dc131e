import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../../location.js';
import type { Scope } from '../../../facts/fact.js';
import type { Program } from '../../../link/program.js';
import { entry, items, text, type Value } from '../../../link/value.js';
import { alternatives, combine, reasonFor } from '../../alternatives.js';
import { lineageOf } from '../lineage.js';
import { hostOf, networkPlace } from '../network-place.js';
import { setHere } from '../set-here.js';
import type { DjangoSettings } from '../settings.js';
import { layerBackEnd } from './layer-back-ends.js';

/** One entry of CHANNEL_LAYERS. */
export interface Layer {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly location: Location;
  readonly setting: string;
  /** Environment variables that decide the back end. */
  readonly variables: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** What CHANNEL_LAYERS says of an alias; undefined where it has no such entry. */
export function layerOf(program: Program, settings: DjangoSettings, alias: string): Layer | undefined {
  const layers = settings.get('CHANNEL_LAYERS');
  if (layers === undefined || layers.kind === 'none') return undefined;
  const possible = alternatives(layers);
  const setting = `CHANNEL_LAYERS["${alias}"]`;
  const location = layers.origin.locations[0] ?? settings.placeOf('CHANNEL_LAYERS');
  if (possible?.every(({ kind }) => kind === 'dict') !== true) {
    const reason = reasonFor(layers, 'CHANNEL_LAYERS');
    const { variables } = layers.origin;
    return {
      store: unknown(reason),
      scope: unknown(reason),
      location,
      setting: 'CHANNEL_LAYERS',
      variables,
      evidence: [],
    };
  }
  const entries = possible.flatMap((value) => entry(value, alias) ?? []);
  const [first] = entries;
  if (first === undefined) return undefined;
  const options = entries.flatMap((value) => alternatives(value) ?? [value]);
  const each = options.map((option) => one(program, option, setting));
  const reason = reasonFor(possible.length > 1 ? layers : first, possible.length > 1 ? 'CHANNEL_LAYERS' : setting);
  const backEnd = entry(options[0], 'BACKEND');
  return {
    store: combine(
      each.map(({ store }) => store),
      reason,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
    location: backEnd?.origin.locations[0] ?? first.origin.locations[0] ?? location,
    setting: `${setting}["BACKEND"]`,
    variables: [layers, first, ...(backEnd === undefined ? [] : [backEnd])].flatMap(({ origin }) => origin.variables),
    evidence: [...setHere(program, backEnd, first), ...each.flatMap(({ evidence }) => evidence)],
  };
}

type Place = Pick<Layer, 'store' | 'scope' | 'evidence'>;

function one(program: Program, options: Value, setting: string): Place {
  const backEnd = entry(options, 'BACKEND');
  const names = backEnd === undefined ? undefined : alternatives(backEnd);
  const reason = reasonFor(backEnd ?? options, `${setting}["BACKEND"]`);
  if (names === undefined) return { store: unknown(reason), scope: unknown(reason), evidence: [] };
  const each = names.map((name) => ofBackEnd(program, options, setting, name));
  return {
    store: combine(
      each.map(({ store }) => store),
      reason,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
    evidence: each.flatMap(({ evidence }) => evidence),
  };
}

function ofBackEnd(program: Program, options: Value, setting: string, name: Value): Place {
  const dotted = text(name);
  const lineage = dotted === undefined ? undefined : lineageOf(program, dotted, layerBackEnd);
  if (lineage === undefined) {
    const reason =
      dotted === undefined
        ? reasonFor(name, `${setting}["BACKEND"]`)
        : `where ${dotted} hands messages on is not known here`;
    return { store: unknown(reason), scope: unknown(reason), evidence: [] };
  }
  const { store, keeper } = lineage.known;
  const scope = keeper === 'server' ? scopeOfHosts(program, entry(options, 'CONFIG'), setting) : keeper;
  return { store, scope, evidence: lineage.through };
}

/** `"hosts": [("redis", 6379)]`, `["redis://redis:6379/0"]`, `[{"address": ...}]`; RabbitMQ's is one "host". */
function scopeOfHosts(program: Program, config: Value | undefined, setting: string): Maybe<Scope> {
  const name = `${setting}["CONFIG"]["hosts"]`;
  if (config !== undefined && config.kind !== 'dict' && config.kind !== 'none') return unknown(reasonFor(config, name));
  const hosts = entry(config, 'hosts') ?? entry(config, 'host');
  // channels_redis: [("localhost", 6379)] where nothing is said.
  if (hosts === undefined) return 'host';
  const possible = alternatives(hosts);
  if (possible === undefined) return networkPlace(program, hosts, name).scope;
  const scopes = possible.map((value): Maybe<Scope> => {
    const servers = value.kind === 'list' || value.kind === 'tuple' ? value.items : [value];
    const each = servers.map((server) => scopeOfServer(program, server, name));
    return each.find((scope) => scope === 'host') ?? each.find((scope) => isUnknown(scope)) ?? 'cluster';
  });
  return combine(scopes, reasonFor(hosts, name));
}

function scopeOfServer(program: Program, server: Value, setting: string): Maybe<Scope> {
  if (server.kind === 'dict') {
    // The master is found by asking sentinels: https://github.com/django/channels_redis#hosts.
    if (entry(server, 'sentinels') !== undefined) return 'cluster';
    const address = entry(server, 'address') ?? entry(server, 'host') ?? entry(server, 'path');
    return address === undefined
      ? unknown(`${setting} names no address`, ['host', 'cluster'])
      : scopeOfServer(program, address, setting);
  }
  const [host] = (server.kind === 'tuple' || server.kind === 'list' ? items(server) : [server]) ?? [];
  if (host === undefined) return unknown(`${setting} names no address`, ['host', 'cluster']);
  const possible = alternatives(host);
  if (possible === undefined) return networkPlace(program, host, setting).scope;
  const places = possible.map((value): Maybe<Scope> => {
    const written = text(value);
    const { host: named, port } = written === undefined ? { host: undefined } : hostOf(written);
    const address: Value = named === undefined || value.kind !== 'str' ? value : { ...value, value: named };
    return networkPlace(program, address, setting, port).scope;
  });
  return combine(places, reasonFor(host, setting));
}
