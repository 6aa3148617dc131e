import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Call, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { isInstaller } from '../installer.js';
import { isReached } from '../reached.js';
import { milliseconds } from './milliseconds.js';
import { contentOf } from './served-folder.js';

const AN_HOUR = 3_600;

/** What makes a handler that serves a folder: `express.static`, and the package that it is. */
const SERVERS: readonly (readonly [string, RegExp])[] = [
  ['express', /^(?:default\.)?static$/],
  ['serve-static', /^(?:default)?$/],
  ['express-static-gzip', /^(?:default)?$/],
];

/** Folders that the application serves itself. Clients must ask again for each of their files where `maxAge` does not say otherwise. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const [name, makers] of SERVERS) {
    if (!program.javascript.imports(name)) continue;
    for (const use of program.javascript.uses(name)) {
      if (isInstaller(use.module.path)) continue;
      if (makers.test(use.steps.join('.')) && isReached(program, use) !== false) yield* served(program, use, name);
    }
  }
}

function* served(program: Program, use: Use, name: string): Iterable<Stated> {
  const { javascript } = program;
  const [folder, options] = use.node.arguments;
  if (folder === undefined || folder.type === 'SpreadElement') return;
  const root = text(javascript.value({ module: use.module, node: folder }));
  const where = mountOf(program, use);
  const content = contentOf(program, root, where);
  if (content === undefined) return;
  const given =
    options === undefined || options.type === 'SpreadElement' ? undefined : { module: use.module, node: options };
  const nested =
    given === undefined || name !== 'express-static-gzip' ? given : optionOf(program, given, 'serveStatic');
  const { age, place } = nested === undefined ? { age: 0, place: undefined } : ageOf(program, nested);
  const call = name === 'express' ? 'express.static' : 'serveStatic';
  yield state(httpCache, javascript.locate(place ?? use), {
    content,
    layer: 'application',
    where: where ?? `${call}()`,
    cacheable: isUnknown(age) ? unknown(age.unknown) : age >= AN_HOUR,
    maximumAge: age,
    remedy: `${call}(root, { maxAge: '1d' }), or { maxAge: '1y', immutable: true } where names carry a hash`,
  });
}

function optionOf(program: Program, options: Placed, key: string): Placed<TSESTree.Expression> | undefined {
  const found = program.javascript.option(options, key);
  return found === 'absent' ? undefined : found;
}

/** Seconds, and where they are set. */
function ageOf(program: Program, options: Placed): { age: Maybe<number>; place: Placed | undefined } {
  const { javascript } = program;
  const hook = javascript.option(options, 'setHeaders');
  if (hook !== 'absent') {
    const reason = hook === undefined ? 'the options are not known' : 'a function sets the headers';
    return { age: unknown(reason), place: undefined };
  }
  const control = optionOf(program, options, 'cacheControl');
  if (control !== undefined) {
    const value = javascript.value(control);
    // Whoever switches the header off here sets it elsewhere, or nowhere.
    if (value.kind === 'bool' && !value.value)
      return { age: unknown('cacheControl is off, so other code may set the header'), place: control };
  }
  for (const key of ['maxAge', 'maxage']) {
    const found = javascript.option(options, key);
    if (found === undefined) return { age: unknown(`${key} is not known`), place: undefined };
    if (found === 'absent') continue;
    const value = javascript.value(found);
    const age = value.kind === 'none' ? 0 : milliseconds(value);
    return { age: age === undefined ? unknown(`${key} is not known`) : Math.floor(age / 1000), place: found };
  }
  return { age: 0, place: undefined };
}

/** The path that `app.use(path, ...)` mounts it at; '/' where it names none. */
function mountOf(program: Program, { module, node }: Placed<Call>): string | undefined {
  for (const above of nodesAbove(module.document.tree, node)) {
    if (above.type !== 'CallExpression' || above.callee.type !== 'MemberExpression') continue;
    const { property } = above.callee;
    if (property.type !== 'Identifier' || !/^(?:use|get|all)$/.test(property.name)) return undefined;
    const [path] = above.arguments;
    if (path === undefined || path === node || (node.range[0] >= path.range[0] && node.range[1] <= path.range[1]))
      return '/';
    return text(program.javascript.value({ module, node: path }));
  }
  return undefined;
}
