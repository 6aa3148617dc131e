import { isAtLeast } from './version.js';

export type Plain = null | string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** What Django takes where a project sets nothing. */
export interface Default {
  readonly value: Plain;
  /** Where that is written down. */
  readonly source: string;
}

const REFERENCE = 'django/conf/global_settings.py';

const ALWAYS: Readonly<Record<string, Plain>> = {
  DEBUG: false,
  ADMINS: [],
  MANAGERS: [],
  ALLOWED_HOSTS: [],
  TIME_ZONE: 'America/Chicago',
  LANGUAGE_CODE: 'en-us',
  LOCALE_PATHS: [],
  LANGUAGE_COOKIE_NAME: 'django_language',
  USE_I18N: true,
  DATABASES: {},
  DATABASE_ROUTERS: [],
  EMAIL_BACKEND: 'django.core.mail.backends.smtp.EmailBackend',
  EMAIL_HOST: 'localhost',
  EMAIL_PORT: 25,
  INSTALLED_APPS: [],
  TEMPLATES: [],
  APPEND_SLASH: true,
  PREPEND_WWW: false,
  MEDIA_ROOT: '',
  MEDIA_URL: '',
  STATIC_ROOT: null,
  STATIC_URL: null,
  STATICFILES_DIRS: [],
  STATICFILES_FINDERS: [
    'django.contrib.staticfiles.finders.FileSystemFinder',
    'django.contrib.staticfiles.finders.AppDirectoriesFinder',
  ],
  FILE_UPLOAD_HANDLERS: [
    'django.core.files.uploadhandler.MemoryFileUploadHandler',
    'django.core.files.uploadhandler.TemporaryFileUploadHandler',
  ],
  FILE_UPLOAD_MAX_MEMORY_SIZE: 2621440,
  DATA_UPLOAD_MAX_MEMORY_SIZE: 2621440,
  FILE_UPLOAD_TEMP_DIR: null,
  MIDDLEWARE: [],
  WSGI_APPLICATION: null,
  SESSION_CACHE_ALIAS: 'default',
  SESSION_COOKIE_NAME: 'sessionid',
  SESSION_COOKIE_AGE: 1209600,
  SESSION_COOKIE_DOMAIN: null,
  SESSION_COOKIE_SECURE: false,
  SESSION_COOKIE_PATH: '/',
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_SAVE_EVERY_REQUEST: false,
  SESSION_EXPIRE_AT_BROWSER_CLOSE: false,
  SESSION_ENGINE: 'django.contrib.sessions.backends.db',
  SESSION_FILE_PATH: null,
  SESSION_SERIALIZER: 'django.contrib.sessions.serializers.JSONSerializer',
  CACHES: { default: { BACKEND: 'django.core.cache.backends.locmem.LocMemCache' } },
  CACHE_MIDDLEWARE_KEY_PREFIX: '',
  CACHE_MIDDLEWARE_SECONDS: 600,
  CACHE_MIDDLEWARE_ALIAS: 'default',
  AUTHENTICATION_BACKENDS: ['django.contrib.auth.backends.ModelBackend'],
  AUTH_USER_MODEL: 'auth.User',
  PASSWORD_HASHERS: [
    'django.contrib.auth.hashers.PBKDF2PasswordHasher',
    'django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher',
    'django.contrib.auth.hashers.Argon2PasswordHasher',
    'django.contrib.auth.hashers.BCryptSHA256PasswordHasher',
  ],
  CSRF_USE_SESSIONS: false,
  MESSAGE_STORAGE: 'django.contrib.messages.storage.fallback.FallbackStorage',
  LOGGING_CONFIG: 'logging.config.dictConfig',
  LOGGING: {},
  SECURE_SSL_REDIRECT: false,
  CONN_MAX_AGE: 0,
};

/** Django's defaults in a version; where none is declared, those of a current one. */
export function defaultsOf(version: string | undefined): Readonly<Record<string, Default>> {
  const all: Record<string, Default> = {};
  const set = (name: string, value: Plain, source = REFERENCE): void => {
    all[name] = { value, source };
  };
  for (const [name, value] of Object.entries(ALWAYS)) set(name, value);
  set('USE_TZ', isAtLeast(version, '5.0'));
  set('DEFAULT_AUTO_FIELD', isAtLeast(version, '6.0') ? 'django.db.models.BigAutoField' : 'django.db.models.AutoField');
  const files = 'django.core.files.storage.FileSystemStorage';
  const statics = 'django.contrib.staticfiles.storage.StaticFilesStorage';
  if (isAtLeast(version, '4.2')) set('STORAGES', { default: { BACKEND: files }, staticfiles: { BACKEND: statics } });
  if (!isAtLeast(version, '5.1')) {
    set('DEFAULT_FILE_STORAGE', files);
    set('STATICFILES_STORAGE', statics);
  }
  return all;
}

/** What one entry of DATABASES has where it says nothing. */
export function databaseDefaults(version: string | undefined): Readonly<Record<string, Default>> {
  const source = 'django/db/utils.py';
  return {
    ENGINE: { value: 'django.db.backends.dummy', source },
    CONN_MAX_AGE: { value: 0, source },
    ATOMIC_REQUESTS: { value: false, source },
    AUTOCOMMIT: { value: true, source },
    ...(isAtLeast(version, '4.1') ? { CONN_HEALTH_CHECKS: { value: false, source } } : {}),
    OPTIONS: { value: {}, source },
  };
}
