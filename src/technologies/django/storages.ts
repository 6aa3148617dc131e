import { unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Scope } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { entry, text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { containerPath } from '../container-path.js';
import { scopeOfTables } from './databases.js';
import { namedUnread } from './unread-deployments.js';
import { settingOf } from './default-settings.js';
import { lineageOf } from './lineage.js';
import type { DjangoSettings } from './settings.js';
import { setHere } from './set-here.js';
import { storageBackEnd } from './storage-back-ends.js';
import { isAtLeast } from './version.js';

/** Where files are kept that one storage is given. */
export interface Storage {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly path?: Maybe<string>;
  readonly evidence: readonly Evidence[];
}

export interface DefaultStorage extends Storage {
  readonly location: Location;
  readonly setting: string;
  readonly explicit: boolean;
  readonly variables: readonly string[];
}

/** STORAGES["default"] (Django 4.2), before it DEFAULT_FILE_STORAGE (ignored from 5.1); local disk where neither is set. */
export function defaultStorage(program: Program, settings: DjangoSettings): DefaultStorage {
  const version = settings.djangoVersion;
  const storages = isAtLeast(version, '4.2') ? settings.get('STORAGES') : undefined;
  const named = storages === undefined ? undefined : entry(storages, 'default');
  const old = version !== undefined && isAtLeast(version, '5.1') ? undefined : settings.get('DEFAULT_FILE_STORAGE');
  if (storages !== undefined && storages.kind !== 'dict') {
    const reason = reasonFor(storages, 'STORAGES');
    return {
      ...nowhere(reason),
      location: settings.placeOf('STORAGES'),
      setting: 'STORAGES',
      explicit: true,
      variables: storages.origin.variables,
    };
  }
  const backEnd = named === undefined ? old : entry(named, 'BACKEND');
  const setting = named === undefined ? 'DEFAULT_FILE_STORAGE' : 'STORAGES["default"]';
  if (backEnd === undefined) {
    const root = settings.get('MEDIA_ROOT');
    const place = onDisk(program, settings, undefined);
    const own = root === undefined ? undefined : 'MEDIA_ROOT';
    const absent = isAtLeast(version, '4.2') ? 'STORAGES["default"]' : 'DEFAULT_FILE_STORAGE';
    return {
      ...place,
      location: settings.placeOf('MEDIA_ROOT'),
      setting: own ?? absent,
      explicit: root !== undefined,
      variables: [],
    };
  }
  const options = named === undefined ? undefined : entry(named, 'OPTIONS');
  const storage = storageOf(program, settings, backEnd, setting, entry(options, 'location'));
  return {
    ...storage,
    evidence: [...setHere(program, backEnd), ...storage.evidence],
    location:
      backEnd.origin.locations[0] ?? settings.placeOf(named === undefined ? 'DEFAULT_FILE_STORAGE' : 'STORAGES'),
    setting,
    explicit: true,
    variables: backEnd.origin.variables,
  };
}

/** The storage that a setting names, whatever branch set it. */
export function storageOf(
  program: Program,
  settings: DjangoSettings,
  name: Value,
  setting: string,
  folder: Value | undefined,
): Storage {
  const possible = alternatives(name);
  const reason = reasonFor(name, setting);
  if (possible === undefined) return nowhere(reason);
  const each = possible.map((value) => ofClass(program, settings, text(value) ?? nameOf(value), reason, folder));
  const [first] = each;
  if (each.length === 1 && first !== undefined) return first;
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

/** The storage of a class by its dotted name. */
export function ofClass(
  program: Program,
  settings: DjangoSettings,
  name: string | undefined,
  reason: string,
  folder: Value | undefined,
): Storage {
  const lineage = name === undefined ? undefined : lineageOf(program, name, storageBackEnd);
  if (lineage === undefined)
    return nowhere(name === undefined ? reason : `where ${name} keeps files is not known here`);
  const { store, keeper } = lineage.known;
  const evidence = lineage.through;
  switch (keeper) {
    case 'remote':
      return { store, scope: 'cluster', evidence };
    case 'memory':
      return { store, scope: 'process', evidence };
    case 'database': {
      const tables = scopeOfTables(program);
      return { store, scope: tables.scope, evidence: [...evidence, ...tables.evidence] };
    }
    case 'local': {
      // A subclass may pick its folder anywhere in its code.
      const disk = onDisk(program, settings, folder);
      return lineage.through.length > 0 && folder === undefined
        ? { store, scope: 'host', evidence }
        : { ...disk, store, evidence };
    }
  }
}

function onDisk(program: Program, settings: DjangoSettings, folder: Value | undefined): Storage {
  const root = folder ?? settingOf(settings, 'MEDIA_ROOT');
  const path = text(root);
  const disk = { store: 'local disk', scope: 'host', evidence: [] } as const;
  // An empty MEDIA_ROOT is the folder that the process was started in.
  if (path === '') return disk;
  // Whoever hands over the folder mounts something there: a share perhaps.
  const elsewhere = namedUnread(program);
  if (root?.kind === 'unknown' && root.origin.variables.some((name) => elsewhere(name) !== undefined)) {
    const reason = reasonFor(root, 'MEDIA_ROOT');
    return { ...disk, scope: unknown(reason), path: unknown(reason) };
  }
  return { ...disk, path: path === undefined ? unknown(reasonFor(root, 'MEDIA_ROOT')) : containerPath(program, path) };
}

function nowhere(reason: string): Storage {
  return { store: unknown(reason), scope: unknown(reason), evidence: [] };
}

/** A class given itself instead of by its name. */
function nameOf(value: Value): string | undefined {
  return value.kind === 'class' ? value.qualifiedName : value.kind === 'external' ? value.name : undefined;
}
