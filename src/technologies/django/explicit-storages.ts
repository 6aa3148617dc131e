import type { Program } from '../../link/program.js';
import { diskStoragesOf } from './disk-storages.js';
import { folderOf, storageOfField, type ExplicitStorage } from './field-storage.js';
import { fileFieldsOf } from './file-fields.js';
import type { DjangoSettings } from './settings.js';
import { ofClass } from './storages.js';

/**
 * Storages past the default one: those that fields name (`FileField(storage=...)`), each once, and disks that functions
 * save to. A disk without a folder of its own is the default storage where that is a disk, too.
 */
export function explicitStorages(
  program: Program,
  settings: DjangoSettings,
  isDefaultLocal: boolean,
): readonly ExplicitStorage[] {
  const found = new Map<string, ExplicitStorage>();
  for (const field of fileFieldsOf(program)) {
    const storage = storageOfField(program, settings, field);
    if (storage === undefined) continue;
    const { store, path, setting } = storage;
    const key = JSON.stringify([store, path, setting]);
    if (!found.has(key))
      found.set(key, {
        ...storage,
        evidence: [...storage.evidence, { message: 'a model stores files there', location: field.location }],
      });
  }
  for (const { document, call, location } of diskStoragesOf(program)) {
    const folder = folderOf(settings, call);
    if (folder === undefined && isDefaultLocal) continue;
    const storage = ofClass(program, settings, 'django.core.files.storage.FileSystemStorage', '', folder);
    const written = document.text.slice(call.start, call.end).replace(/\s+/g, ' ');
    found.set(`${document.path}:${call.start}`, { ...storage, location, setting: written });
  }
  return [...found.values()];
}
