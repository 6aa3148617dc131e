import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { fileStore } from '../../facts/file-store.js';
import type { Call, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { isReached } from '../reached.js';
import { removesUploads } from '../removes-uploads.js';
import { writtenFolder } from '../written-path.js';
import { destinationOf } from './destination.js';
import { ENGINES } from './engines.js';

const PACKAGES = ['multer', '@koa/multer', 'koa-multer', 'fastify-multer'];

/** Where each `multer(...)` puts the files of users. Without storage and folder it keeps them in memory, for the request only. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const name of PACKAGES) {
    if (!program.javascript.imports(name)) continue;
    const uses = program.javascript.uses(name);
    for (const use of uses) {
      const isMade = use.steps.length === 0 || (use.steps.length === 1 && use.steps[0] === 'default');
      if (isMade && isReached(program, use) !== false) yield* stored(program, use, usedOf(use, uses));
    }
  }
}

/** What takes files of a request: `upload.single("photo")`. Without any call of the kind nothing tells whether files come. */
function usedOf(made: Use, uses: readonly Use[]): Maybe<boolean> {
  const taking = uses.filter(({ receiver, steps }) => receiver?.node === made.node && steps[0] === '()');
  if (taking.some(({ steps }) => /^(?:single|array|fields|any)$/.test(steps.at(-1) ?? ''))) return true;
  return taking.length > 0 ? false : unknown('no route is known that takes files by it');
}

function* stored(program: Program, call: Placed<Call>, used: Maybe<boolean>): Iterable<Stated> {
  const { javascript } = program;
  const [options] = call.node.arguments;
  if (options === undefined || options.type === 'SpreadElement') return;
  const given = { module: call.module, node: options };
  const storage = javascript.option(given, 'storage');
  if (storage !== undefined && storage !== 'absent') {
    yield* byEngine(program, storage, used);
    return;
  }
  const folder = javascript.option(given, 'dest');
  if (folder !== undefined && folder !== 'absent') yield* onDisk(program, folder, 'dest of multer()', used);
}

function* byEngine(program: Program, storage: Placed<TSESTree.Expression>, used: Maybe<boolean>): Iterable<Stated> {
  const { javascript } = program;
  for (const traced of javascript.trace(storage)) {
    if (traced.kind === 'package' && PACKAGES.includes(traced.package)) {
      if (!traced.steps.includes('diskStorage') || traced.call === undefined) continue;
      // Without a destination files lie among the temporary ones of the system.
      const folder = destinationOf(program, traced.call);
      if (folder !== undefined) yield* onDisk(program, folder, 'destination of diskStorage()', used);
      continue;
    }
    const engine = traced.kind === 'package' ? ENGINES.get(traced.package) : undefined;
    const reason =
      traced.kind === 'package'
        ? `where ${traced.package} keeps files is not known here`
        : traced.kind === 'unknown'
          ? traced.reason
          : 'where the storage of the project keeps files is not known';
    const location = javascript.locate(storage);
    yield state(
      fileStore,
      location,
      {
        store: engine ?? unknown(reason),
        scope: engine === undefined ? unknown(reason) : 'cluster',
        used,
        explicit: true,
        setting: 'storage of multer()',
        remedy: '',
      },
      traced.kind === 'unknown' ? [] : traced.evidence,
    );
  }
}

function* onDisk(program: Program, place: Placed, setting: string, used: Maybe<boolean>): Iterable<Stated> {
  const { folder, temporary } = writtenFolder(program, place);
  if (temporary || removesUploads(program)) return;
  yield state(fileStore, program.javascript.locate(place), {
    store: 'local disk',
    scope: 'host',
    used,
    explicit: true,
    setting,
    remedy: 'storage: multerS3({ s3, bucket: process.env.S3_BUCKET })',
    path: folder ?? unknown('the folder is not known'),
  });
}
