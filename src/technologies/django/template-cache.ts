import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { state, type Stated } from '../../facts/fact.js';
import { templateCache } from '../../facts/template-cache.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { chosenBy, doubted } from './doubt.js';
import { lineageOf } from './lineage.js';
import { possibleTexts } from './setting-texts.js';
import { settingsOf, type DjangoSettings } from './settings.js';
import { templatesOf } from './sources.js';
import { isAtLeast } from './version.js';

const CACHED = 'django.template.loaders.cached.Loader';
const FILES = 'django.template.loaders.filesystem.Loader';
const APPS = 'django.template.loaders.app_directories.Loader';

/** Loaders that find a template and leave it to others to keep it. */
const LOADERS: ReadonlyMap<string, boolean> = new Map([
  [CACHED, true],
  ['django_tenants.template.loaders.cached.Loader', true],
  [FILES, false],
  [APPS, false],
  ['django.template.loaders.locmem.Loader', false],
  ['django.template.loaders.eggs.Loader', false],
  ['django_cotton.cotton_loader.Loader', false],
  ['admin_tools.template_loaders.Loader', false],
  ['apptemplates.Loader', false],
]);

/**
 * Apps that put loaders of their own around the usual ones when they are loaded, the one that keeps among them
 * (`wrap_loaders` in their apps.py). Their `SimpleAppConfig` leaves that to the project.
 */
const WRAPPING = new Set([
  'django_cotton',
  'django_cotton.apps.LoaderAppConfig',
  'template_partials',
  'template_partials.apps.LoaderAppConfig',
]);

const PAGE = /\.(?:html?|jinja2?|j2|djhtml)$/;

/** Loaders inside of loaders beyond this are left alone. */
const DEEPEST = 4;

/** TEMPLATES, where a project asks for more than the default of its version: https://docs.djangoproject.com/en/5.2/ref/templates/api/#loader-types */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  // An API has nothing to render.
  if (settings === undefined || !templatesOf(program).some((path) => PAGE.test(path))) return;
  yield* doubted(settings, engines(program, settings));
}

function* engines(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const old = settings.get('TEMPLATE_LOADERS');
  // Django 1.10 reads TEMPLATES only.
  if (!settings.names.has('TEMPLATES') && old !== undefined && !isAtLeast(settings.djangoVersion, '1.10')) {
    yield* fromLoaders(program, settings, old, 'TEMPLATE_LOADERS');
    return;
  }
  for (const engine of items(settings.get('TEMPLATES')) ?? []) {
    const backEnd = text(entry(engine, 'BACKEND')) ?? '';
    const options = entry(engine, 'OPTIONS');
    if (backEnd.endsWith('.Jinja2')) yield* ofJinja(settings, options);
    else if (backEnd === 'django.template.backends.django.DjangoTemplates')
      yield* ofDjango(program, settings, engine, options);
  }
}

function* ofDjango(
  program: Program,
  settings: DjangoSettings,
  engine: Value,
  options: Value | undefined,
): Iterable<Stated> {
  const loaders = entry(options, 'loaders');
  if (loaders !== undefined && loaders.kind !== 'none') {
    yield* fromLoaders(program, settings, loaders, 'TEMPLATES["OPTIONS"]["loaders"]');
    return;
  }
  // Django caches by itself: since 4.1 always, since 1.11 unless the engine is told to debug.
  if (isAtLeast(settings.djangoVersion, '4.1')) return;
  const location = engine.origin.locations[0] ?? settings.placeOf('TEMPLATES');
  const debug = entry(options, 'debug');
  if (!isAtLeast(settings.djangoVersion, '1.11')) {
    const reason = `Django keeps compiled templates by itself since 1.11 only`;
    yield stated(settings, location, { cached: false, reason, setting: 'TEMPLATES', remedy: wrapped([FILES, APPS]) });
  } else if (debug?.kind === 'bool' && debug.value && !followsDebug(settings, debug)) {
    yield stated(settings, debug.origin.locations[0] ?? location, {
      ...{ cached: false, setting: 'TEMPLATES["OPTIONS"]["debug"]', remedy: 'TEMPLATES["OPTIONS"]["debug"] = False' },
      reason: 'the engine is told to debug, which turns keeping off before Django 4.1',
    });
  }
}

function* fromLoaders(program: Program, settings: DjangoSettings, loaders: Value, setting: string): Iterable<Stated> {
  const wraps = possibleTexts(settings.get('INSTALLED_APPS'))?.some((app) => WRAPPING.has(app)) ?? false;
  if (wraps || followsDebug(settings, loaders)) return;
  const possible = alternatives(loaders);
  const cached =
    possible === undefined
      ? unknown<boolean>(reasonFor(loaders, setting), [true, false])
      : combine(
          possible.map((one) => keeps(program, one)),
          reasonFor(loaders, setting),
        );
  const names = possible?.length === 1 ? loadersIn(possible[0]) : undefined;
  const plain = names?.length === 2 && names[0] === FILES && names[1] === APPS;
  const reason =
    'none of the loaders that it is given is the one that keeps them, and giving some replaces the default';
  yield stated(settings, loaders.origin.locations[0] ?? settings.placeOf('TEMPLATES'), {
    ...{ cached, setting, reason: cached === true ? '' : reason },
    remedy:
      plain && isAtLeast(settings.djangoVersion, '1.11')
        ? '"APP_DIRS": True, and no "loaders": Django then keeps them by itself'
        : wrapped(names ?? []),
  });
}

/** What switches DEBUG switches this: told with DEBUG. */
function followsDebug(settings: DjangoSettings, { origin }: Value): boolean {
  const switches = settings.get('DEBUG')?.origin.variables ?? [];
  return origin.variables.some((name) => switches.includes(name));
}

function keeps(program: Program, loaders: Value): Maybe<boolean> {
  const names = loadersIn(loaders);
  if (names === undefined || names.length === 0) return unknown('not all of the loaders are known', [true, false]);
  const known = names.map((name) => lineageOf(program, name, (one) => LOADERS.get(one))?.known);
  if (known.includes(true)) return true;
  const strange = names.find((_, i) => known[i] === undefined);
  return strange === undefined ? false : unknown(`what ${strange} keeps is not known`, [true, false]);
}

/** Names of loaders, those inside of others among them; undefined where one cannot be told. */
function loadersIn(value: Value | undefined, seen = new Set<Value>(), depth = 0): readonly string[] | undefined {
  const list = items(value);
  // Lists may hold themselves.
  if (value === undefined || list === undefined || depth > DEEPEST || seen.has(value)) return undefined;
  seen.add(value);
  const found: string[] = [];
  for (const one of list) {
    const name = text(one);
    if (name !== undefined) {
      // The arguments of a loader are folders as well.
      if (/^[A-Za-z_][\w.]*\.\w+$/.test(name)) found.push(name);
      continue;
    }
    const inner = loadersIn(one, seen, depth + 1);
    if (inner === undefined && depth === 0) return undefined;
    found.push(...(inner ?? []));
  }
  return found;
}

function wrapped(names: readonly string[]): string {
  const inner = names.length === 0 ? '...' : names.map((name) => `"${name}"`).join(', ');
  return `"loaders": [("${CACHED}", [${inner}])]`;
}

/** "cache_size: if set to 0 templates are recompiled all the time", jinja.palletsprojects.com; `auto_reload` only asks the disk for a date. */
function* ofJinja(settings: DjangoSettings, options: Value | undefined): Iterable<Stated> {
  const size = entry(options, 'cache_size');
  if (size === undefined) return;
  const cached = size.kind === 'int' ? Number(size.value) !== 0 : unknown(reasonFor(size, 'cache_size'), [true, false]);
  yield stated(
    settings,
    size.origin.locations[0] ?? settings.placeOf('TEMPLATES'),
    {
      ...{ cached, setting: 'TEMPLATES["OPTIONS"]["cache_size"]', remedy: '"cache_size": 400, which is the default' },
      reason: cached === true ? '' : 'its cache has no room',
    },
    'Jinja2',
  );
}

function stated(
  settings: DjangoSettings,
  location: Location,
  properties: { cached: Maybe<boolean>; reason: string; setting: string; remedy: string },
  engine = 'Django',
): Stated {
  const { cached } = properties;
  const remedy = isUnknown(cached) || !cached ? properties.remedy : '';
  return state(templateCache, location, { engine, ...properties, remedy }, chosenBy(settings));
}
