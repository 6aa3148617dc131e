import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { isInstaller } from '../installer.js';
import { callsNamed } from '../javascript-calls.js';
import { argument } from '../javascript-place.js';
import { milliseconds } from '../milliseconds.js';
import { isReached } from '../reached.js';
import { contentOf } from '../served-folder.js';
import { directoryHandlers } from './directory-handlers.js';
import { ASSETS, FOLDER_SERVERS, PLUGIN, type FolderServer } from './folder-servers.js';

const AN_HOUR = 3_600;

/** Folders that the application serves itself. Clients must ask again for each of their files where nothing says otherwise. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const server of FOLDER_SERVERS) {
    for (const name of server.packages) {
      if (!javascript.imports(name)) continue;
      for (const use of javascript.uses(name)) {
        if (!server.maker.test(use.steps.join('.')) || server.subpath?.test(use.subpath) === false) continue;
        // What a package of modules is configured with may be several folders.
        const given = server.root === 'first' ? [use.node.arguments] : use.node.arguments.map((one) => [one]);
        for (const list of given) yield* served(program, server, use, list);
      }
    }
  }
  yield* plugins(program);
  for (const call of javascript.imports('@nestjs/core') ? callsNamed(program, 'useStaticAssets') : []) {
    const [first] = call.node.arguments;
    const inOne = first?.type === 'ObjectExpression';
    yield* served(program, inOne ? { ...ASSETS, root: ['root'] } : ASSETS, call, call.node.arguments);
  }
  for (const { place, root, where, age } of directoryHandlers(program)) {
    const content = contentOf(program, root, where);
    if (content === undefined) continue;
    yield state(httpCache, javascript.locate(place), {
      content,
      layer: 'application',
      where: where ?? 'directory',
      cacheable: isUnknown(age) ? unknown(age.unknown) : age >= AN_HOUR,
      maximumAge: age,
      remedy: "options: { cache: { expiresIn: 24 * 60 * 60 * 1000, privacy: 'public' } } of the route",
    });
  }
}

/** `fastify.register(fastifyStatic, { root })`, whoever hands the server over. */
function* plugins(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!PLUGIN.packages.some((name) => javascript.imports(name))) return;
  for (const call of callsNamed(program, 'register')) {
    const plugin = argument(call, 0);
    if (plugin === undefined) continue;
    const isStatic = javascript
      .trace(plugin)
      .some((one) => one.kind === 'package' && PLUGIN.packages.includes(one.package));
    if (!isStatic) continue;
    const options = argument(call, 1);
    const serves = options === undefined ? 'absent' : javascript.option(options, 'serve');
    // It only lends `reply.sendFile` to handlers.
    if (serves === undefined || (serves !== 'absent' && javascript.value(serves).kind === 'bool')) continue;
    yield* served(program, PLUGIN, call, call.node.arguments.slice(1));
  }
}

function* served(
  program: Program,
  server: FolderServer,
  call: Placed<Call>,
  given: readonly TSESTree.CallExpressionArgument[],
): Iterable<Stated> {
  const { javascript } = program;
  if (isInstaller(call.module.path) || isReached(program, call) === false) return;
  const placed = (node: TSESTree.CallExpressionArgument | undefined): Placed<TSESTree.Expression> | undefined =>
    node === undefined || node.type === 'SpreadElement' ? undefined : { module: call.module, node };
  const first = placed(given[0]);
  if (first === undefined) return;
  const options = server.root === 'first' ? placed(given[1]) : first;
  const folder =
    server.root === 'first' ? first : server.root.map((key) => optionOf(program, options, key)).find(Boolean);
  const root = folder === undefined ? undefined : text(javascript.value(folder));
  const prefix = server.prefix === undefined ? undefined : optionOf(program, options, server.prefix);
  const where =
    server.prefix === undefined ? mountOf(program, call) : prefix === undefined ? '/' : text(javascript.value(prefix));
  const content = contentOf(program, root, where);
  if (content === undefined) return;
  const spoken = server.inside === undefined ? options : optionOf(program, options, server.inside);
  const { age, place } =
    spoken === undefined ? { age: server.unset, place: undefined } : ageOf(program, server, spoken);
  const said = age === 0 && saysElsewhere(call) ? unknown<number>('a step before it sets the header') : age;
  yield state(httpCache, javascript.locate(place ?? call), {
    content,
    layer: 'application',
    where: where ?? `${server.call}()`,
    cacheable: isUnknown(said) ? unknown(said.unknown) : said >= AN_HOUR,
    maximumAge: said,
    remedy: server.remedy,
  });
}

/** `ctx.set('Cache-Control', 'max-age=...')` in a step of the same file: a header that is there already stays. */
function saysElsewhere({ module, node }: Placed): boolean {
  return /cache-control['"`]?\s*[,:][^\n]{0,80}(?:max-age=(?!0\b)|public|immutable)/i.test(
    module.document.text.slice(0, node.range[0]),
  );
}

function optionOf(program: Program, options: Placed | undefined, key: string): Placed<TSESTree.Expression> | undefined {
  const found = options === undefined ? 'absent' : program.javascript.option(options, key);
  return found === 'absent' ? undefined : found;
}

/** Seconds, and where they are set. */
function ageOf(
  program: Program,
  server: FolderServer,
  options: Placed,
): { age: Maybe<number>; place: Placed | undefined } {
  const { javascript } = program;
  for (const hook of server.hooks) {
    const found = javascript.option(options, hook);
    if (found === 'absent') continue;
    const reason = found === undefined ? 'the options are not known' : 'a function sets the headers';
    return { age: unknown(reason), place: undefined };
  }
  const control = optionOf(program, options, 'cacheControl');
  if (control !== undefined) {
    const value = javascript.value(control);
    // Whoever switches the header off here sets it elsewhere, or nowhere.
    if (value.kind === 'bool' && !value.value)
      return { age: unknown('cacheControl is off, so other code may set the header'), place: control };
  }
  for (const [key, unit] of server.ages) {
    const found = javascript.option(options, key);
    if (found === undefined) return { age: unknown(`${key} is not known`), place: undefined };
    if (found === 'absent') continue;
    const value = javascript.value(found);
    const age = value.kind === 'none' ? 0 : milliseconds(value);
    const seconds = age === undefined ? undefined : Math.floor(unit === 'seconds' ? age : age / 1000);
    return { age: seconds ?? unknown(`${key} is not known`), place: found };
  }
  return { age: server.unset, place: undefined };
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
