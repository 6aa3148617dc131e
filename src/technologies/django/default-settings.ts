import { NOWHERE, type Value } from '../../link/value.js';
import type { DjangoSettings } from './settings.js';

const text = (value: string): Value => ({ kind: 'str', value, origin: NOWHERE });

function record(entries: Readonly<Record<string, Value>>): Value {
  return {
    kind: 'dict',
    entries: new Map(Object.entries(entries).map(([key, value]) => [`s${key}`, { key: text(key), value }])),
    origin: NOWHERE,
  };
}

const list: Value = { kind: 'list', items: [], origin: NOWHERE };

/** What Django uses where a project says nothing: django/conf/global_settings.py of 5.2, equal since 1.8 for these. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  CACHES: record({ default: record({ BACKEND: text('django.core.cache.backends.locmem.LocMemCache') }) }),
  DATABASES: record({}),
  DATABASE_ROUTERS: list,
  DEBUG: { kind: 'bool', value: false, origin: NOWHERE },
  INSTALLED_APPS: list,
  MEDIA_ROOT: text(''),
  MIDDLEWARE: list,
  SESSION_CACHE_ALIAS: text('default'),
  SESSION_ENGINE: text('django.contrib.sessions.backends.db'),
  STATIC_URL: { kind: 'none', origin: NOWHERE },
  USE_I18N: { kind: 'bool', value: true, origin: NOWHERE },
};

/** A setting as Django sees it: the project's, else Django's default. */
export function settingOf(settings: DjangoSettings, name: string): Value | undefined {
  return settings.get(name) ?? DEFAULTS[name];
}
