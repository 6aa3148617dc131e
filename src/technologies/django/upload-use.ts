import { unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, Module } from '../../parse/python-ast.js';
import { walkPython } from '../../parse/python-walk.js';
import { appsOf } from './apps.js';
import { diskStoragesOf } from './disk-storages.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import { settingsOf } from './settings.js';
import { documentsWith } from './sources.js';

/** A field of a model that stores files. */
export interface FileField {
  readonly document: Document<Module>;
  readonly call: Call;
  readonly imports: Imports;
  readonly location: Location;
}

const DJANGO_FIELDS = /^django\.(contrib\.gis\.)?db\.models\.(fields\.files\.)?(FileField|ImageField)$/;
/** Fields of other packages: easy-thumbnails, imagekit, sorl, versatileimagefield, stdimage, django-resized, pictures. */
const OTHER_FIELDS =
  /\.(ThumbnailerField|ThumbnailerImageField|ProcessedImageField|VersatileImageField|StdImageField|JPEGField|ResizedImageField|PictureField|ContentTypeRestrictedFileField|WEBPField)$|^sorl\.thumbnail\.(fields\.)?ImageField$|^private_storage\.fields\.Private(File|Image)Field$/;

/** Every field of the program's models that stores files. */
export function fileFieldsOf(program: Program): readonly FileField[] {
  return program.memo('django:file-fields', () => {
    const fields: FileField[] = [];
    for (const document of documentsWith(
      program,
      /(File|Image|Picture|Thumbnailer|JPEG|WEBP)Field\b|ThumbnailerImageField/,
    )) {
      const imports = importsOf(document);
      walkPython(document.tree, (node) => {
        if (node.type !== 'Call') return;
        const name = dottedName(node.func, imports);
        if (
          name !== undefined &&
          (DJANGO_FIELDS.test(name) || (OTHER_FIELDS.test(name) && !/forms|serializers/.test(name)))
        )
          fields.push({ document, call: node, imports, location: locate(document, node.func) });
      });
    }
    return fields;
  });
}

/** Whether anything stores files in the default storage, with the place that does. */
export function usesDefaultStorage(
  program: Program,
  isLocal: boolean,
): { used: Maybe<boolean>; evidence: readonly Evidence[] } {
  const field = fileFieldsOf(program).find(({ call }) => !call.keywords.some(({ name }) => name === 'storage'));
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
  const settings = settingsOf(program);
  if (uploader !== undefined && settings !== undefined)
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
