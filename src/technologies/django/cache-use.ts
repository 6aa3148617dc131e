import type { Evidence, Maybe } from '../../location.js';
import { unknown } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, items, text } from '../../link/value.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, Expression, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { appsOf } from './apps.js';
import { dottedName, importsOf, type Imports } from './imports.js';
import { sessionEngine } from './session-engine.js';
import { hasSessions } from './session-use.js';
import { settingsOf, type DjangoSettings } from './settings.js';
import { documentsWith, sourcesOf, templatesOf } from './sources.js';

export type CachePurpose = 'sessions' | 'rate-limit' | 'lock' | 'general' | 'unused';

/** The most demanding use of a cache counts, in this order. */
const DEMANDS: readonly CachePurpose[] = ['sessions', 'rate-limit', 'lock', 'general'];

interface Use {
  /** Undefined where the alias is computed. */
  readonly alias: string | undefined;
  readonly purpose: CachePurpose;
  readonly evidence: Evidence;
  /** Whether the limit that is counted there is a fact of its own. */
  readonly told?: true;
}

/** Whether the cache is there for limits only, which are told where they stand. */
export function isToldByLimits(program: Program, alias: string): boolean {
  const uses = usesOf(program).filter((use) => use.alias === alias || use.alias === undefined);
  return uses.length > 0 && uses.every(({ told }) => told === true);
}

/** What an alias is used for, with the places that say so. */
export function purposeOf(
  program: Program,
  alias: string,
): { purpose: Maybe<CachePurpose>; evidence: readonly Evidence[] } {
  const uses = usesOf(program);
  const own = uses.filter((use) => use.alias === alias);
  const computed = uses.filter((use) => use.alias === undefined);
  const others = othersMayUse(program, alias);
  for (const purpose of DEMANDS) {
    const found = own.find((use) => use.purpose === purpose);
    if (found !== undefined) return { purpose, evidence: [found.evidence] };
  }
  const [first] = computed;
  if (first !== undefined)
    return {
      purpose: unknown<CachePurpose>('the name of the cache is computed', ['general', 'unused']),
      evidence: [first.evidence],
    };
  if (others !== undefined) return { purpose: unknown<CachePurpose>(others, ['general', 'unused']), evidence: [] };
  return { purpose: 'unused', evidence: [] };
}

function usesOf(program: Program): readonly Use[] {
  return program.memo('django:cache-uses', () => {
    const settings = settingsOf(program);
    if (settings === undefined) return [];
    return [
      ...usesInSettings(program, settings),
      ...usesInCode(program),
      ...usesInTemplates(program, settings),
      ...usesOfApps(program, settings),
    ];
  });
}

/** Who else could use it: apps of others of which nothing is known. */
function othersMayUse(program: Program, alias: string): string | undefined {
  const apps = appsOf(program);
  if (apps === undefined) return 'INSTALLED_APPS is not known, and an app may use it';
  const strange = apps.find((app) => !app.own && app.habits === undefined);
  if (strange !== undefined) return `the third-party app ${strange.name} may use it`;
  const caching = apps.find((app) => !app.own && app.habits?.cache !== undefined);
  return caching === undefined || alias === 'default' ? undefined : `the third-party app ${caching.name} may use it`;
}

function* usesInSettings(program: Program, settings: DjangoSettings): Iterable<Use> {
  const at = (name: string): Evidence['location'] => settings.get(name)?.origin.locations[0] ?? settings.placeOf(name);
  const alias = (name: string): string => text(settings.get(name)) ?? 'default';
  const engine = sessionEngine(program, text(settings.get('SESSION_ENGINE')) ?? '')?.known.keeper;
  if ((engine === 'cache' || engine === 'cached-database') && hasSessions(program, settings))
    yield {
      alias: alias('SESSION_CACHE_ALIAS'),
      purpose: 'sessions',
      evidence: { message: 'it holds the sessions', location: at('SESSION_ENGINE') },
    };

  const middleware = items(settings.get('MIDDLEWARE')) ?? [];
  const pages = middleware.find((one) =>
    /\.(UpdateCacheMiddleware|FetchFromCacheMiddleware|CacheMiddleware)$/.test(text(one) ?? ''),
  );
  if (pages !== undefined)
    yield {
      alias: alias('CACHE_MIDDLEWARE_ALIAS'),
      purpose: 'general',
      evidence: {
        message: 'a middleware keeps whole pages in it',
        location: pages.origin.locations[0] ?? at('MIDDLEWARE'),
      },
    };

  // REST framework's throttles count in the default cache unless a subclass names another.
  const throttles = entry(settings.get('REST_FRAMEWORK'), 'DEFAULT_THROTTLE_CLASSES');
  if ((items(throttles)?.length ?? 0) > 0)
    yield {
      alias: 'default',
      purpose: 'rate-limit',
      evidence: {
        message: 'throttles count requests in it',
        location: throttles?.origin.locations[0] ?? at('REST_FRAMEWORK'),
      },
      told: true,
    };

  const axes = text(settings.get('AXES_HANDLER')) ?? '';
  if (axes.includes('cache')) {
    const message = 'failed logins are counted in it';
    const evidence = { message, location: at('AXES_HANDLER') };
    yield { alias: alias('AXES_CACHE'), purpose: 'rate-limit', evidence, told: true };
  }
}

/** What apps of others do with it, without a word in the code of the project. */
function* usesOfApps(program: Program, settings: DjangoSettings): Iterable<Use> {
  for (const app of appsOf(program) ?? []) {
    if (app.own || app.habits?.cache === undefined) continue;
    if (
      app.name === 'allauth.account' &&
      (isSwitched(settings, 'ACCOUNT_RATE_LIMITS', false) || !servesAccounts(program, settings))
    )
      continue;
    // Compressed once while the image is built; nothing is looked up afterwards.
    if (app.name === 'compressor' && isSwitched(settings, 'COMPRESS_OFFLINE', true)) continue;
    const [library = app.name] = app.name.split('.', 1);
    const message =
      app.habits.cache === 'general' ? `${library} keeps entries in it` : `${library} counts logins in it`;
    yield {
      alias: 'default',
      purpose: app.habits.cache,
      evidence: { message, location: settings.placeOf('INSTALLED_APPS') },
    };
  }
}

/** It counts in its own views and forms; installed for its models alone (a REST API of another package), it counts nothing. */
function servesAccounts(program: Program, settings: DjangoSettings): boolean {
  return sourcesOf(program).some(
    (path) =>
      path !== settings.path &&
      /\ballauth\.(?:urls|headless|(?:account|socialaccount)\.(?:urls|views|forms|adapter|decorators))\b/.test(
        program.inventory.read(path) ?? '',
      ),
  );
}

function isSwitched(settings: DjangoSettings, name: string, on: boolean): boolean {
  const value = settings.get(name);
  return value?.kind === 'bool' && value.value === on;
}

const MENTIONS = /\bcaches?\b|cache_page|throttle_classes|Throttl|ratelimit/;

function* usesInCode(program: Program): Iterable<Use> {
  const settings = settingsOf(program);
  for (const document of documentsWith(program, MENTIONS)) {
    if (document.path === settings?.path) continue;
    yield* usesInDocument(document, settings);
  }
}

function usesInDocument(document: Document<Module>, settings: DjangoSettings | undefined): readonly Use[] {
  const imports = importsOf(document);
  const found: Use[] = [];
  const use = (
    alias: string | undefined,
    purpose: CachePurpose,
    message: string,
    node: { start: number; end: number },
    told?: true,
  ): void => {
    const evidence = { message, location: locate(document, node) };
    found.push({ alias, purpose, evidence, ...(told === undefined ? {} : { told }) });
  };
  walkPython(document.tree, (node) => {
    if (node.type === 'Subscript' && isCaches(node.value, imports)) {
      const { slice } = node;
      const alias = slice.type === 'Constant' && slice.kind === 'str' ? slice.value : aliasSetting(slice, settings);
      use(alias, ...inCode(document), node);
    } else if (node.type === 'Call') {
      const purpose = lockOf(node, imports);
      if (purpose !== undefined) use(purpose, 'lock', 'a lock is held in it', node);
      const called = dottedName(node.func, imports);
      if (called === 'django.views.decorators.cache.cache_page')
        use(aliasArgument(node), 'general', 'views are kept in it', node);
      if (
        called !== undefined &&
        !(settings !== undefined && isSwitched(settings, 'RATELIMIT_ENABLE', false)) &&
        /^(django_)?ratelimit\.decorators\.ratelimit$|^(django_)?ratelimit\.core\.(is_ratelimited|get_usage)$/.test(
          called,
        )
      )
        use(ratelimitCache(settings), 'rate-limit', 'requests are counted in it', node, true);
    } else if (node.type === 'Name' || node.type === 'Attribute') {
      if (isDefaultCache(node, imports)) use('default', ...inCode(document), node);
    } else if (
      node.type === 'Assign' &&
      node.targets.some((target) => target.type === 'Name' && target.id === 'throttle_classes')
    ) {
      if (
        (node.value.type === 'List' || node.value.type === 'Tuple') &&
        node.value.elts.length > 0 &&
        importsThrottle(imports)
      )
        use('default', 'rate-limit', 'throttles count requests in it', node, true);
    }
  });
  return found;
}

function ratelimitCache(settings: DjangoSettings | undefined): string {
  return text(settings?.get('RATELIMIT_USE_CACHE')) ?? 'default';
}

/** What a file uses a cache for, as far as its name tells. */
function inCode(document: Document): [CachePurpose, string] {
  return /(^|[/_])(throttl\w*|rate_?limit\w*)\.py$/.test(document.path)
    ? ['rate-limit', 'the code counts requests in it']
    : ['general', 'the code uses it'];
}

function importsThrottle(imports: Imports): boolean {
  return [...imports.values()].some((name) => /thrott/i.test(name));
}

const CACHE: ReadonlySet<string> = new Set(['django.core.cache.cache']);

function isDefaultCache(node: Expression, imports: Imports): boolean {
  // Only the use counts, not the import; `cache.x` and a bare `cache` alike.
  const name = dottedName(node, imports);
  return name !== undefined && CACHE.has(name) && (node.type !== 'Name' || imports.has(node.id));
}

function isCaches(node: Expression, imports: Imports): boolean {
  return dottedName(node, imports) === 'django.core.cache.caches';
}

/** `cache.lock("x")` of django-redis, and `cache.add("x-lock", ...)`, which only the first one wins. */
function lockOf(call: Call, imports: Imports): string | undefined {
  if (call.func.type !== 'Attribute') return undefined;
  const { value, attr } = call.func;
  const alias = isDefaultCache(value, imports)
    ? 'default'
    : value.type === 'Subscript' &&
        isCaches(value.value, imports) &&
        value.slice.type === 'Constant' &&
        value.slice.kind === 'str'
      ? value.slice.value
      : undefined;
  if (alias === undefined) return undefined;
  if (attr === 'lock') return alias;
  const [key] = call.args;
  return attr === 'add' && key !== undefined && /(^|[^b])lock(?!ed_?(out|user))/i.test(spelling(key))
    ? alias
    : undefined;
}

function spelling(key: Expression): string {
  if (key.type === 'Name') return key.id;
  if (key.type === 'Attribute') return key.attr;
  if (key.type === 'Constant' && key.kind === 'str') return key.value;
  if (key.type === 'JoinedStr') return key.values.filter((part) => typeof part === 'string').join('');
  if (key.type === 'BinOp') return spelling(key.left);
  if (key.type === 'Call') return spelling(key.func);
  return '';
}

/** `caches[settings.X]`. */
function aliasSetting(slice: Expression, settings: DjangoSettings | undefined): string | undefined {
  if (slice.type === 'Attribute' && slice.value.type === 'Name' && slice.value.id === 'settings')
    return text(settings?.get(slice.attr));
  return undefined;
}

function aliasArgument(call: Call): string | undefined {
  const cache = call.keywords.find((keyword) => keyword.name === 'cache');
  if (cache === undefined) return 'default';
  return cache.value.type === 'Constant' && cache.value.kind === 'str' ? cache.value.value : undefined;
}

/** `{% cache 500 name %}` uses the cache "template_fragments" where there is one. */
function* usesInTemplates(program: Program, settings: DjangoSettings): Iterable<Use> {
  for (const path of templatesOf(program)) {
    const template = program.inventory.read(path);
    const at = template?.search(/\{%-?\s*cache\s/) ?? -1;
    if (template === undefined || at < 0) continue;
    const line = template.slice(0, at).split('\n');
    const place = { startLine: line.length, startColumn: (line.at(-1)?.length ?? 0) + 1 };
    const region = { ...place, endLine: place.startLine, endColumn: place.startColumn + 8 };
    const alias = entry(settings.get('CACHES'), 'template_fragments') === undefined ? 'default' : 'template_fragments';
    yield {
      alias,
      purpose: 'general',
      evidence: { message: 'a template keeps fragments in it', location: { uri: path, region } },
    };
  }
}
