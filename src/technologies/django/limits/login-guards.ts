import type { Program } from '../../../link/program.js';
import { items, text, type Value } from '../../../link/value.js';
import { sureAppsOf } from '../apps.js';
import { lineageOf } from '../lineage.js';
import { hostOf, networkPlace } from '../network-place.js';
import { REDIS_URL } from '../remedies.js';
import { commonTexts } from '../setting-texts.js';
import type { DjangoSettings } from '../settings.js';
import { countedInCache, notKnown, type Counted } from './counted-in.js';
import type { Limit } from './throttles.js';

/** Apps that count failed logins. Those that do so in the database are as shared as that is, and no limit of their own. */
export function* loginGuards(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const apps = sureAppsOf(program).map(({ name }) => name);
  if (apps.includes('axes')) yield* axes(program, settings);
  if (apps.includes('defender') || guardsBy(settings, /^defender\./)) yield* defender(program, settings);
  if (apps.includes('allauth.account') || apps.includes('allauth')) yield* allauth(program, settings);
}

/** https://django-axes.readthedocs.io/en/latest/4_configuration.html: the database, unless AXES_HANDLER says otherwise. */
function* axes(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const handler = settings.get('AXES_HANDLER');
  const enabled = settings.get('AXES_ENABLED');
  if (handler === undefined || (enabled?.kind === 'bool' && !enabled.value)) return;
  const dotted = text(handler) ?? '';
  const known = lineageOf(program, dotted, (name) => /^axes\.handlers\.(\w+)\./.exec(name)?.[1])?.known;
  if (known !== undefined && known !== 'cache') return;
  const counted =
    known === undefined
      ? notKnown(`how ${dotted === '' ? 'AXES_HANDLER' : dotted} counts is not known here`)
      : countedInCache(program, settings, text(settings.get('AXES_CACHE')) ?? 'default');
  if (counted !== undefined) yield guard('failed logins', 'AXES_HANDLER', settings, counted);
}

/** https://django-defender.readthedocs.io/en/latest/#customizing-django-defender */
function* defender(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const mock = settings.get('DEFENDER_MOCK_REDIS');
  const alias = text(settings.get('DEFENDER_REDIS_NAME'));
  const url = settings.get('DEFENDER_REDIS_URL');
  const counted: Counted | undefined =
    alias === undefined
      ? {
          store: mock?.kind === 'bool' && mock.value ? 'the memory of the process' : 'Redis',
          scope: mock?.kind === 'bool' && mock.value ? 'process' : scopeOf(program, url),
          explicit: url !== undefined,
          setting: 'DEFENDER_REDIS_URL',
          remedy: `DEFENDER_REDIS_URL = "${REDIS_URL}"`,
          evidence: [],
        }
      : countedInCache(program, settings, alias);
  if (counted === undefined) return;
  const entry = [...(items(settings.get('MIDDLEWARE')) ?? []), ...(items(settings.get('INSTALLED_APPS')) ?? [])].find(
    (one) => /^defender\b/.test(text(one) ?? ''),
  );
  const place = url?.origin.locations[0] ?? entry?.origin.locations[0] ?? settings.placeOf('DEFENDER_REDIS_URL');
  yield { name: 'failed logins', protects: 'logins', location: place, counted };
}

/** It connects to localhost where nothing is said. */
function scopeOf(program: Program, url: Value | undefined): Counted['scope'] {
  if (url === undefined) return 'host';
  const { host, port } = url.kind === 'str' ? hostOf(url.value) : { host: undefined };
  const address: Value = host === undefined || url.kind !== 'str' ? url : { ...url, value: host };
  return networkPlace(program, address, 'DEFENDER_REDIS_URL', port).scope;
}

/** https://docs.allauth.org/en/latest/account/rate_limits.html: told where the project writes limits of its own. */
function* allauth(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const limits = settings.get('ACCOUNT_RATE_LIMITS');
  const attempts = settings.get('ACCOUNT_LOGIN_ATTEMPTS_LIMIT');
  const isSet = limits?.kind === 'dict' && [...limits.entries.values()].some(({ value }) => value.kind !== 'none');
  const setting = isSet ? 'ACCOUNT_RATE_LIMITS' : 'ACCOUNT_LOGIN_ATTEMPTS_LIMIT';
  if (!isSet && (attempts?.kind !== 'int' || Number(attempts.value) === 0)) return;
  const counted = countedInCache(program, settings, 'default');
  if (counted !== undefined) yield guard('logins and sign-ups', setting, settings, counted);
}

function guard(name: string, setting: string, settings: DjangoSettings, counted: Counted): Limit {
  return { name, protects: 'logins', location: settings.placeOf(setting), counted };
}

function guardsBy(settings: DjangoSettings, name: RegExp): boolean {
  return commonTexts(settings.get('MIDDLEWARE')).some((one) => name.test(one));
}
