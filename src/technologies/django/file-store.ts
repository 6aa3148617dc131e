import { state, type Stated } from '../../facts/fact.js';
import { fileStore } from '../../facts/file-store.js';
import type { Program } from '../../link/program.js';
import { chosenBy, doubted } from './doubt.js';
import { explicitStorages } from './explicit-storages.js';
import { setVariable } from './remedies.js';
import { settingsOf, type DjangoSettings } from './settings.js';
import { defaultStorage, type DefaultStorage } from './storages.js';
import { isAtLeast } from './version.js';
import { usesDefaultStorage } from './upload-use.js';
import { writtenFiles } from './written-files.js';

/** The default storage, storages that fields name themselves, and files that requests write past all storages. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, stores(program, settings));
}

function* stores(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const storage = defaultStorage(program, settings);
  const isLocal = storage.store === 'local disk';
  const { used, evidence } = usesDefaultStorage(program, settings, isLocal);
  // Nobody who stores files leaves the folder for them unset.
  if (used === true || storage.explicit) {
    yield state(
      fileStore,
      storage.location,
      {
        store: storage.store,
        scope: storage.scope,
        used,
        explicit: storage.explicit,
        setting: storage.setting,
        remedy: storage.scope === 'cluster' ? '' : remedyFor(program, settings, storage),
        ...(storage.path === undefined ? {} : { path: storage.path }),
      },
      [...chosenBy(settings), ...evidence, ...storage.evidence],
    );
  }
  for (const own of explicitStorages(program, settings, isLocal)) {
    yield state(
      fileStore,
      own.location,
      {
        store: own.store,
        scope: own.scope,
        used: true,
        explicit: true,
        setting: own.setting,
        remedy: own.scope === 'cluster' ? '' : 'storage=storages["default"], with an object store there',
        ...(own.path === undefined ? {} : { path: own.path }),
      },
      own.evidence,
    );
  }
  for (const written of writtenFiles(program, settings)) {
    yield state(
      fileStore,
      written.location,
      {
        store: 'local disk',
        scope: 'host',
        used: true,
        explicit: true,
        setting: written.call,
        remedy: 'default_storage.save(name, content)',
        ...(written.path === undefined ? {} : { path: written.path }),
      },
      [{ message: written.reason, location: written.location }, ...written.evidence],
    );
  }
}

function remedyFor(program: Program, settings: DjangoSettings, storage: DefaultStorage): string {
  const backEnd = 'storages.backends.s3.S3Storage';
  const old = storage.setting === 'DEFAULT_FILE_STORAGE' || !isAtLeast(settings.djangoVersion, '4.2');
  const name = old ? { name: 'DEFAULT_FILE_STORAGE' } : { name: 'STORAGES', key: 'default' };
  const outside = setVariable(program, settings, name, storage.location, storage.variables, {
    url: 's3://bucket',
    backEnd,
  });
  if (outside !== undefined) return outside;
  return isAtLeast(settings.djangoVersion, '4.2')
    ? `STORAGES["default"] = {"BACKEND": "${backEnd}"}`
    : 'DEFAULT_FILE_STORAGE = "storages.backends.s3boto3.S3Boto3Storage"';
}
