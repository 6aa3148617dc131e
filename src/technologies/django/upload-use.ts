import { unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { locate } from '../../parse/document.js';
import { walkPython } from '../../parse/python/walk.js';
import { appsOf } from './apps.js';
import { diskStoragesOf } from './disk-storages.js';
import { storageOfField } from './field-storage.js';
import { fileFieldsOf } from './file-fields.js';
import { dottedName, importsOf } from './imports.js';
import type { DjangoSettings } from './settings.js';
import { documentsWith } from './sources.js';

/** Whether anything stores files in the default storage, with the place that does. */
export function usesDefaultStorage(
  program: Program,
  settings: DjangoSettings,
  isLocal: boolean,
): { used: Maybe<boolean>; evidence: readonly Evidence[] } {
  const field = fileFieldsOf(program).find((one) => storageOfField(program, settings, one) === undefined);
  if (field !== undefined)
    return { used: true, evidence: [{ message: 'a model stores files', location: field.location }] };
  const save = saveInCode(program);
  if (save !== undefined) return { used: true, evidence: [{ message: 'the code stores files', location: save }] };

  const disk = isLocal
    ? diskStoragesOf(program).find(({ call }) => call.args.length + call.keywords.length === 0)
    : undefined;
  if (disk !== undefined)
    return { used: true, evidence: [{ message: 'the code stores files', location: disk.location }] };

  const apps = appsOf(program);
  if (apps === undefined)
    return { used: unknown('INSTALLED_APPS is not known, and an app may store files'), evidence: [] };
  const uploader = apps.find((app) => !app.own && app.habits?.uploads === true);
  if (uploader !== undefined)
    return {
      used: true,
      evidence: [{ message: `${uploader.name} stores files`, location: settings.placeOf('INSTALLED_APPS') }],
    };
  const strange = apps.find((app) => !app.own && app.habits === undefined);
  if (strange !== undefined)
    return { used: unknown(`the third-party app ${strange.name} may store files`), evidence: [] };
  const [upload] = documentsWith(program, /\brequest\.FILES\b/);
  if (upload !== undefined) return { used: unknown(`${upload.path} takes uploads and may store them`), evidence: [] };
  return { used: false, evidence: [] };
}

const STORAGE = /^django\.core\.files\.storage\.(default_storage|DefaultStorage)$/;

/** `default_storage.save(...)`, or `open` for writing. */
function saveInCode(program: Program): Location | undefined {
  for (const document of documentsWith(program, /\bdefault_storage\b|\bDefaultStorage\b/)) {
    // What a command stores once says nothing about requests.
    if (/(^|\/)(management|scripts?)\//.test(document.path)) continue;
    const imports = importsOf(document);
    let found: Location | undefined;
    walkPython(document.tree, (node) => {
      if (node.type !== 'Call' || node.func.type !== 'Attribute' || found !== undefined) return;
      const { value, attr } = node.func;
      const storage = value.type === 'Call' ? dottedName(value.func, imports) : dottedName(value, imports);
      if (storage === undefined || !STORAGE.test(storage)) return;
      const [, mode] = node.args;
      const writes =
        attr === 'save' ||
        (attr === 'open' && mode?.type === 'Constant' && mode.kind === 'str' && /[wax]/.test(mode.value));
      if (writes) found = locate(document, node);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
