import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { joinPath } from '../../repository-path.js';
import { isInstaller } from '../installer.js';
import { callsNamed } from '../javascript-calls.js';
import { argument } from '../javascript-place.js';
import { isReached } from '../reached.js';
import { requestHandlers } from '../request-handlers.js';
import { COMPRESSING, PLUGINS, SERVERS, type Server } from './compressing-packages.js';

/** What compresses responses of the application; where nothing does, the server whose responses leave as they are. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const called = compressor(program);
  if (called !== undefined) {
    const { place, where, reached } = called;
    if (reached !== true) return;
    yield compresses(program, place, where);
    return;
  }
  // Somebody calls it in a way that was not followed.
  if ([...COMPRESSING.map(([name]) => name), ...PLUGINS].some((name) => isNamed(program, name))) return;
  const page = pagesOf(program);
  if (page !== undefined) {
    yield page;
    return;
  }
  const made = serverOf(program);
  if (made === undefined) return;
  const { server, use } = made;
  const isOff = server.unless !== undefined && isFalse(program, use, server.unless);
  if (server.unless !== undefined && !isOff) yield compresses(program, use, `${use.package}, by default`);
  else if (isOff || answersText(program))
    yield state(compression, program.javascript.locate(use), {
      layer: 'application',
      enabled: false,
      types: 'none',
      where: isOff ? `${server.unless ?? ''}: false` : written(use),
      remedy: server.remedy,
    });
}

function compresses(program: Program, place: Placed, where: string): Stated {
  return state(compression, program.javascript.locate(place), {
    layer: 'application',
    enabled: true,
    types: 'text',
    where,
    remedy: '',
  });
}

function isNamed({ javascript }: Program, name: string): boolean {
  return !OF_FRAMEWORKS.has(name) && javascript.imports(name);
}

interface Compressor {
  readonly place: Placed;
  readonly where: string;
  readonly reached: boolean | undefined;
}

/** `app.use(compression())`, `app.register(compress)`. */
function compressor(program: Program): Compressor | undefined {
  const { javascript } = program;
  let found: Compressor | undefined;
  const add = (place: Placed, name: string): void => {
    const reached = isReached(program, place);
    if (found?.reached !== true) found = { place, where: `${name}()`, reached };
  };
  for (const [name, maker, subpath] of COMPRESSING) {
    if (!javascript.imports(name)) continue;
    for (const use of javascript.uses(name))
      if (maker.test(use.steps.join('.')) && subpath?.test(use.subpath) !== false) add(use, name);
  }
  const plugins = PLUGINS.filter((name) => javascript.imports(name));
  for (const call of plugins.length === 0 ? [] : callsNamed(program, 'register')) {
    const plugin = argument(call, 0);
    const traced = plugin === undefined ? [] : javascript.trace(plugin);
    const name = plugins.find((one) => traced.some((at) => at.kind === 'package' && at.package === one));
    if (name !== undefined) add(call, name);
  }
  return found;
}

/** Next.js compresses what `next start` and servers of the project hand out. https://nextjs.org/docs/app/api-reference/config/next-config-js/compress */
function pagesOf(program: Program): Stated | undefined {
  const next = program.javascript.dependency('next');
  if (next === undefined || next.development) return undefined;
  const { directory } = program.launch;
  const config = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'next.config.cjs']
    .map((name) => joinPath(directory, name))
    .find((path) => program.inventory.files.some((file) => file.path === path));
  if (config === undefined) return undefined;
  const text = program.inventory.read(config) ?? '';
  // Pages that are written to disk once are served by somebody else.
  if (/\boutput\s*:\s*['"]export['"]/.test(text)) return undefined;
  const off = /\bcompress\s*:\s*false\b/.exec(text);
  const line = off === null ? 1 : text.slice(0, off.index).split('\n').length;
  const region = { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
  return state(
    compression,
    { uri: config, region },
    off === null
      ? { layer: 'application', enabled: true, types: 'text', where: 'next start, by default', remedy: '' }
      : {
          layer: 'application',
          enabled: false,
          types: 'none',
          where: 'compress: false',
          remedy: 'compress: true, which is the default',
        },
  );
}

/** The server that the program makes: that of an entry before those of its parts. */
function serverOf(program: Program): { server: Server; use: Use } | undefined {
  const { javascript } = program;
  const entries = new Set(javascript.entries.map(({ path }) => path));
  for (const server of SERVERS) {
    const made = server.packages
      .filter((name) => javascript.imports(name))
      .flatMap((name) => javascript.uses(name))
      .filter((use) => server.maker.test(use.steps.join('.')) && !isInstaller(use.module.path))
      .filter((use) => isReached(program, use) !== false);
    const use = made.find(({ module }) => entries.has(module.path)) ?? made[0];
    if (use !== undefined) return { server, use };
  }
  return undefined;
}

function isFalse(program: Program, use: Use, key: string): boolean {
  const options = argument(use, 0);
  const found = options === undefined ? 'absent' : program.javascript.option(options, key);
  if (found === 'absent' || found === undefined) return false;
  const value = program.javascript.value(found);
  return value.kind === 'bool' && !value.value;
}

/** Packages that do much else. */
const OF_FRAMEWORKS: ReadonlySet<string> = new Set(['hono', 'restify']);
/** Fewer handlers that somebody reads from are there for health checks, webhooks and sockets. */
const FEWEST_READ = 4;
const READ =
  /^it is given to (?:get|all|route)\b|^@(?:Get|All|Query|ResolveField)\b|^it takes the request|answers requests$/;
/** Files of platforms whose edge compresses what passes it, or that runs the code for each request. */
const EDGES =
  /^(?:vercel\.json|now\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|render\.yaml|app\.yaml|firebase\.json)$/;
/** Code that compresses by itself, and adapters to platforms of functions. */
const BY_ITSELF = /content-encoding|createGzip|createBrotliCompress|CompressionStream/i;
const FUNCTIONS = [
  'serverless-http',
  '@vendia/serverless-express',
  'aws-serverless-express',
  'aws-lambda',
  '@fastify/aws-lambda',
];

/** Whether what it answers is worth compressing, and nothing in sight does so. */
function answersText(program: Program): boolean {
  const { javascript, inventory, launch } = program;
  if ([...requestHandlers(program).values()].filter((reason) => READ.test(reason)).length < FEWEST_READ) return false;
  if (FUNCTIONS.some((name) => javascript.imports(name))) return false;
  if (inventory.files.some(({ path }) => isBeside(launch.directory, path) && EDGES.test(nameOf(path)))) return false;
  return !javascript.modules.some(({ document }) => BY_ITSELF.test(document.text));
}

/** In the folder of the component, or at the root. */
function isBeside(directory: string, path: string): boolean {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return folder === '' || folder === directory;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function written({ package: name, steps }: Use): string {
  const [last] = steps.slice(-1);
  return last === undefined || last === 'default' ? `${name}()` : `${last}() of ${name}`;
}
