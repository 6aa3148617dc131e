import { state, type Stated } from '../../facts/fact.js';
import { pageCache } from '../../facts/page-cache.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import { items, text, type Value } from '../../link/value.js';
import { cachedViews } from './cached-views.js';
import { settingOf } from './default-settings.js';
import { doubted } from './doubt.js';
import { lineageOf } from './lineage.js';
import { everyPageLooksAt } from './personal-pages.js';
import { policyMiddleware } from './policy-middleware.js';
import { hasSessions } from './session-use.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** Pages that are kept: all of them by the middlewares, single ones by decorators of their views. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  yield* doubted(settings, ofSite(program, settings));
  yield* doubted(settings, ofPolicy(program, settings));
  // What a view is decorated with holds whatever the settings are.
  yield* ofViews(program, settings);
}

const HALVES: Readonly<Record<string, string>> = {
  'django.middleware.cache.UpdateCacheMiddleware': 'store',
  'django.middleware.cache.FetchFromCacheMiddleware': 'fetch',
  'django.middleware.cache.CacheMiddleware': 'both',
};

/** https://docs.djangoproject.com/en/5.2/topics/cache/#the-per-site-cache */
function* ofSite(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const list = items(settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES'));
  // What is not known may be the other half.
  if (list === undefined || list.some((item) => text(item) === undefined)) return;
  const halves = new Map<string, Value>();
  for (const item of list) {
    const half = lineageOf(program, text(item) ?? '', (name) => HALVES[name])?.known;
    if (half !== undefined && !halves.has(half)) halves.set(half, item);
  }
  const first = halves.get('store') ?? halves.get('both') ?? halves.get('fetch');
  if (first === undefined) return;
  const name = (text(first) ?? '').split('.').at(-1) ?? '';
  const place = first.origin.locations[0] ?? settings.placeOf('MIDDLEWARE');
  const common = {
    where: name,
    audience: 'everyone',
    hits: 'possible',
    reason: 'nothing is different for each visitor',
    remedy: '',
  } as const;
  if (!halves.has('both') && !(halves.has('store') && halves.has('fetch'))) {
    const stores = halves.has('store');
    const other = stores ? 'FetchFromCacheMiddleware' : 'UpdateCacheMiddleware';
    const reason = stores ? `no ${other} looks up what it stored` : `no ${other} stores what it looks up`;
    const remedy = `"django.middleware.cache.${other}" as the ${stores ? 'last' : 'first'} of MIDDLEWARE`;
    yield state(pageCache, place, { ...common, hits: 'never', reason, remedy });
    return;
  }
  const seconds = settingOf(settings, 'CACHE_MIDDLEWARE_SECONDS');
  if (seconds?.kind === 'int' && Number(seconds.value) === 0) {
    const at = settings.placeOf('CACHE_MIDDLEWARE_SECONDS');
    const reason = 'CACHE_MIDDLEWARE_SECONDS is 0, so nothing is stored';
    yield state(pageCache, place, { ...common, hits: 'never', reason, remedy: 'CACHE_MIDDLEWARE_SECONDS = 60' }, [
      { message: 'set here', location: at },
    ]);
    return;
  }
  const looking = personal(program, settings);
  yield looking === undefined
    ? state(pageCache, place, common)
    : state(pageCache, place, { ...common, audience: 'each-visitor', reason: looking.reason, remedy: looking.remedy }, [
        looking.evidence,
      ]);
}

function personal(
  program: Program,
  settings: DjangoSettings,
): { reason: string; remedy: string; evidence: Evidence } | undefined {
  const always = settings.get('SESSION_SAVE_EVERY_REQUEST');
  if (always?.kind === 'bool' && always.value && hasSessions(program, settings))
    return {
      reason: 'SESSION_SAVE_EVERY_REQUEST sends the cookie of the session with every response',
      remedy: 'SESSION_SAVE_EVERY_REQUEST = False',
      evidence: { message: 'set here', location: settings.placeOf('SESSION_SAVE_EVERY_REQUEST') },
    };
  const looking = everyPageLooksAt(program, settings);
  return looking === undefined
    ? undefined
    : {
        reason: `${looking.name} looks at who asks for every page, so every response varies by cookie`,
        remedy: '',
        evidence: looking.evidence,
      };
}

/** A header that a middleware of the project sets on every page, while who asks is looked at for every page. */
function* ofPolicy(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const said = policyMiddleware(program, settings);
  const looking = said === undefined ? undefined : everyPageLooksAt(program, settings);
  if (said === undefined || looking === undefined || !hasSessions(program, settings)) return;
  yield state(
    pageCache,
    said.location,
    {
      where: said.name,
      audience: 'each-visitor',
      hits: 'possible',
      reason: `${looking.name} looks at who asks for every page, so every response varies by cookie`,
      remedy: `"private, ${said.policy}" leaves it to browsers; or look at request.user only in views that show it`,
    },
    [looking.evidence],
  );
}

function* ofViews(program: Program, settings: DjangoSettings): Iterable<Stated> {
  for (const { view, location, by, personal: found, remedy } of cachedViews(program, settings)) {
    const where = view.name;
    if (found === undefined) {
      yield state(pageCache, location, {
        where,
        audience: 'everyone',
        hits: 'possible',
        reason: 'nothing is known to be different for each visitor',
        remedy: '',
      });
      continue;
    }
    const reason =
      by === 'application'
        ? `${found.reason}, and what it keeps is not told apart by cookie`
        : `${found.reason}, so the response varies by cookie`;
    const audience = by === 'application' ? 'wrong-visitors' : 'each-visitor';
    yield state(pageCache, location, { where, audience, hits: 'possible', reason, remedy }, [found.evidence]);
  }
}
