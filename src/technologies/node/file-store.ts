import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { fileStore } from '../../facts/file-store.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import { groupBy } from '../../group-by.js';
import { unknown } from '../../location.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { isReached, isFunction } from '../reached.js';
import { removals } from '../removes-uploads.js';
import { requestHandlers } from '../request-handlers.js';
import { requestPath, type RequestPath } from '../request-path.js';
import { writtenPath } from '../written-path.js';

/** Calls that leave a file, by the position of its path among their arguments. */
const WRITERS: Readonly<Record<string, ReadonlyMap<string, number>>> = Object.fromEntries(
  ['node:fs', 'node:fs/promises', 'fs-extra', 'graceful-fs', 'fs-jetpack'].map((name) => [
    name,
    new Map([
      ...[
        'writeFile',
        'createWriteStream',
        'outputFile',
        'outputJson',
        'outputJSON',
        'writeJson',
        'writeJSON',
        'write',
      ].map((one): [string, number] => [one, 0]),
      ...['copyFile', 'rename', 'move', 'copy', 'cp'].map((one): [string, number] => [one, 1]),
    ]),
  ]),
);
const IMAGES = new Map([['toFile', 0]]);

/**
 * Files that requests write past all upload libraries, to a folder that outlives the request. What is removed in the same
 * function, handed to the client at once, or lies among temporary files is none; neither is a log.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const writes of groupBy(writesOf(program), ({ folder, use }) => folder ?? use.module).values()) {
    const [first] = writes;
    yield state(
      fileStore,
      program.javascript.locate(first.use),
      {
        store: 'local disk',
        scope: 'host',
        used: first.folder === undefined ? unknown('whether it is a folder for temporary files is not known') : true,
        explicit: true,
        setting: `${first.use.steps.at(-1) ?? ''}()`,
        remedy: 'await s3.send(new PutObjectCommand({ Bucket: process.env.S3_BUCKET, Key: key, Body: body }))',
        path: first.folder ?? unknown('what names the folder is not known'),
      },
      writes.flatMap(({ use, request }) => [
        { message: `a request writes it: ${request.reason}`, location: program.javascript.locate(use) },
        ...request.evidence,
      ]),
    );
  }
}

interface Write {
  readonly use: Use;
  /** Undefined where it is not known. */
  readonly folder: string | undefined;
  readonly request: RequestPath;
}

function writesOf(program: Program): Write[] {
  const { javascript } = program;
  if (requestHandlers(program).size === 0) return [];
  const found: Write[] = [];
  for (const [name, writers] of [...Object.entries(WRITERS), ['sharp', IMAGES] as const]) {
    if (!javascript.imports(name)) continue;
    for (const use of javascript.uses(name)) {
      const position = writers.get((use.steps.at(-1) ?? '').replace(/Sync$/, ''));
      const path = position === undefined ? undefined : use.node.arguments[position];
      if (path === undefined || path.type === 'SpreadElement') continue;
      const place = { module: use.module, node: path };
      const { folder, temporary } = writtenPath(program, place);
      if (temporary || isBuilt(folder ?? '') || isLog(folder ?? '', use) || isGone(program, use, place)) continue;
      const request = isReached(program, use) === false ? undefined : requestPath(program, use);
      if (request !== undefined) found.push({ use, folder, request });
    }
  }
  return found;
}

/** Folders of what is made from sources, and can be made again by whoever misses it. */
function isBuilt(folder: string): boolean {
  return (
    /(?:^|\/)(?:build|dist|\.cache|\.next|\.nuxt|\.output)(?:\/|$)/.test(folder) &&
    !/upload|media|image|avatar|attachment|files/i.test(folder)
  );
}

function isLog(folder: string, { module, node }: Use): boolean {
  return /(?:^|\/)logs?(?:\/|$)/.test(folder) || /\.log\b/.test(module.document.text.slice(...node.range));
}

/** Whether the same file is removed again, or handed to the client, in the function that writes it. */
function isGone(program: Program, { module, within }: Use, path: Placed): boolean {
  const fn = within.at(0);
  if (fn === undefined) return false;
  const { text } = module.document;
  const written = text.slice(...path.node.range);
  const inside = (node: TSESTree.Node): boolean => node.range[0] >= fn.range[0] && node.range[1] <= fn.range[1];
  const isSame = (node: TSESTree.Node | undefined): boolean =>
    node !== undefined && text.slice(...node.range) === written;
  if (
    removals(program).some(
      (use) => use.module.path === module.path && inside(use.node) && isSame(use.node.arguments[0]),
    )
  )
    return true;
  let handed = false;
  walkJavaScript(fn, (node) => {
    if (node !== fn && isFunction(node) && node.params.length > 0 && handed) return false;
    if (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      /^(?:download|sendFile|sendfile|rename(?:Sync)?|move(?:Sync)?)$/.test(node.callee.property.name) &&
      isSame(node.arguments[0])
    )
      handed = true;
    return undefined;
  });
  return handed;
}
