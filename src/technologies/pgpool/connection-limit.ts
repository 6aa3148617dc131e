import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, startOf, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Setting, Settings } from '../../parse/ini/settings.js';
import { deploys } from '../deploys.js';
import { runningOf } from '../running.js';
import { countOf } from '../started.js';
import { technology } from './index.js';

/** https://www.pgpool.net/docs/latest/en/html/runtime-config-connection-pooling.html */
const PRODUCT = { children: 32, pool: 4 } as const;
/** What the image of Bitnami sets where nobody does: https://github.com/bitnami/containers/tree/main/bitnami/pgpool#configuration */
const BITNAMI = { children: 32, pool: 15 } as const;
const MOST_BACKENDS = 20;

interface Told {
  /** Processes, each of which serves one client. */
  readonly children: Maybe<number>;
  /** Connections that each process keeps to each server: one for each pair of user and database. */
  readonly pool: Maybe<number>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly backends: readonly Maybe<string>[];
  readonly location: Location;
}

export function* fromDocument(document: Document): Iterable<Stated> {
  if (!deploys(document.path)) return;
  const settings = (document as Document<Settings>).tree.sections.flatMap((section) => section.settings);
  const find = (key: string): Setting | undefined => settings.findLast((one) => one.key.toLowerCase() === key);
  const number = (key: string): Maybe<number> | undefined => {
    const value = find(key)?.value;
    return value === undefined ? undefined : countOf(bare(value));
  };
  const children = find('num_init_children');
  const place = children ?? settings[0];
  yield* stated({
    children: number('num_init_children') ?? PRODUCT.children,
    pool: number('max_pool') ?? PRODUCT.pool,
    explicit: children !== undefined,
    setting: 'num_init_children',
    backends: settings
      .filter(({ key }) => /^backend_hostname\d{1,3}$/i.test(key))
      .map(({ value }) => hostOf(bare(value))),
    location: place === undefined ? startOf(document.path) : locate(document, place.keyRange),
  });
}

/** `PGPOOL_NUM_INIT_CHILDREN`, `PGPOOL_MAX_POOL` and `PGPOOL_BACKEND_NODES=0:db:5432,1:replica:5432`, of which an image makes its file. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { environment, location } = program.launch;
  if (location === undefined || runningOf([technology], program.launch).length === 0) return;
  const nodes = environment.get('PGPOOL_BACKEND_NODES');
  if (nodes === undefined) return;
  const number = (name: string): Maybe<number> | undefined => {
    const value = environment.get(name)?.value;
    if (value === undefined || value === '') return undefined;
    return isUnknown(value) ? unknown(value.unknown) : countOf(value);
  };
  const name = 'PGPOOL_NUM_INIT_CHILDREN';
  yield* stated({
    children: number(name) ?? BITNAMI.children,
    pool: number('PGPOOL_MAX_POOL') ?? BITNAMI.pool,
    explicit: number(name) !== undefined,
    setting: name,
    backends: isUnknown(nodes.value)
      ? [unknown(nodes.value.unknown)]
      : nodes.value.split(',').flatMap((node) => node.trim().split(':')[1] ?? []),
    location: environment.get(name)?.location ?? location,
  });
}

/** Each process may open its whole pool to each server. In all modes a client keeps its process for as long as it stays. */
function* stated({ children, pool, explicit, setting, backends, location }: Told): Iterable<Stated> {
  const poolSize = isUnknown(children) ? children : isUnknown(pool) ? pool : children * pool;
  for (const upstream of backends.slice(0, MOST_BACKENDS)) {
    yield state(connectionLimit, location, {
      ...{ side: 'pooler', clients: children, reserved: 0, explicit, setting },
      ...{ poolMode: 'session', poolSize, upstream },
    });
  }
}

function bare(value: string): string {
  return value
    .replace(/\s#.*$/, '')
    .trim()
    .replace(/^'(.*)'$/, '$1');
}

/** Without a name the server is on this machine, by a socket. */
function hostOf(written: string): Maybe<string> {
  if (/[$%{]/.test(written)) return unknown(`the server is filled in when it starts: ${written.slice(0, 60)}`);
  return written === '' || written.startsWith('/') ? 'localhost' : written;
}
