import { state, type Stated } from '../../facts/fact.js';
import { fileStore } from '../../facts/file-store.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { optionAt } from '../client-options.js';
import { argument } from '../javascript-place.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { isReached } from '../reached.js';
import { removesUploads } from '../removes-uploads.js';
import { writtenFolder, writtenPath, type WrittenPath } from '../written-path.js';

interface Parser {
  readonly package: string;
  readonly makes: RegExp;
  /** Options that name the folder; dots lead into inner ones. Without any of them files lie among the temporary ones. */
  readonly options: readonly string[];
  /** Whether forms are told after they are made. */
  readonly assigns?: true;
}

const PARSERS: readonly Parser[] = [
  {
    package: 'formidable',
    makes: /^(?:default|formidable|Formidable|IncomingForm)?$/,
    options: ['uploadDir'],
    assigns: true,
  },
  { package: 'express-formidable', makes: /^(?:default)?$/, options: ['uploadDir'], assigns: true },
  // https://github.com/koajs/koa-body#some-options-for-formidable
  { package: 'koa-body', makes: /^(?:default|koaBody)?$/, options: ['formidable.uploadDir'] },
  // https://github.com/pillarjs/multiparty#multipartyform
  { package: 'multiparty', makes: /^(?:default\.)?Form$/, options: ['uploadDir'] },
  { package: 'connect-multiparty', makes: /^(?:default)?$/, options: ['uploadDir'] },
  // https://github.com/tus/tus-node-server/tree/main/packages/file-store
  { package: '@tus/file-store', makes: /^FileStore$/, options: ['directory'] },
  { package: 'tus-node-server', makes: /^FileStore$/, options: ['directory', 'path'] },
];

/** The folder that forms are told to leave files in, and where `file.mv(path)` puts them. Without a folder they are temporary. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const { package: name, makes, options: keys, assigns } of PARSERS) {
    if (!javascript.imports(name)) continue;
    for (const use of javascript.uses(name)) {
      if (use.receiver !== undefined || !makes.test(use.steps.join('.')) || isReached(program, use) === false) continue;
      const given = argument(use, 0);
      if (given === undefined) continue;
      for (const key of keys) {
        const folder = optionAt(program, [given], key);
        if (folder === 'absent' || folder === 'unknown') continue;
        const last = key.slice(key.lastIndexOf('.') + 1);
        yield* kept(program, folder.place, `${last} of ${name}()`, writtenFolder(program, folder.place));
      }
    }
    if (assigns === true)
      for (const folder of assigned(program, name))
        yield* kept(program, folder, 'form.uploadDir', writtenFolder(program, folder));
  }
  if (javascript.imports('express-fileupload')) {
    for (const target of moved(program)) yield* kept(program, target, 'file.mv()', writtenPath(program, target));
  }
}

function* kept(program: Program, place: Placed, setting: string, { folder, temporary }: WrittenPath): Iterable<Stated> {
  if (temporary || removesUploads(program)) return;
  yield state(fileStore, program.javascript.locate(place), {
    store: 'local disk',
    scope: 'host',
    used: true,
    explicit: true,
    setting,
    remedy: 'await s3.send(new PutObjectCommand({ Bucket: process.env.S3_BUCKET, Key: key, Body: file }))',
    path: folder ?? unknown('the folder is not known'),
  });
}

/** `form.uploadDir = folder` in modules that import the parser. */
function assigned(program: Program, name: string): Placed[] {
  const files = new Set(program.javascript.importsOf(name).map(({ uri }) => uri));
  return program.javascript.modules
    .filter(({ path }) => files.has(path))
    .flatMap((module) => {
      const found: Placed[] = [];
      walkJavaScript(module.document.tree, (node) => {
        if (
          node.type === 'AssignmentExpression' &&
          node.left.type === 'MemberExpression' &&
          node.left.property.type === 'Identifier' &&
          node.left.property.name === 'uploadDir'
        )
          found.push({ module, node: node.right });
      });
      return found;
    });
}

/** `req.files.photo.mv(path)`: no other library has files with such a method. */
function moved(program: Program): Placed[] {
  return program.javascript.modules.flatMap((module) => {
    const found: Placed[] = [];
    if (!module.document.text.includes('.mv(')) return found;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
      const { property } = node.callee;
      const [target] = node.arguments;
      if (
        property.type === 'Identifier' &&
        property.name === 'mv' &&
        target !== undefined &&
        target.type !== 'SpreadElement'
      )
        found.push({ module, node: target });
    });
    return found;
  });
}
