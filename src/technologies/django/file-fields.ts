import type { Program } from '../../link/program.js';
import { locate, type Document } from '../../parse/document.js';
import type { Location } from '../../location.js';
import type { Call, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { dottedName, importsOf, type Imports } from './imports.js';
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
