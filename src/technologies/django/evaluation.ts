import { exceptionModel, nativeFunction, type PythonModels } from '../../link/python/models.js';
import type { Interpreter } from '../../link/python/interpreter.js';
import {
  derived,
  externalValue,
  intValue,
  recordValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import { functionsOf, known, textOf } from '../../link/python/library.js';
import type { Value } from '../../link/value.js';
import { djangoVersionOf } from './version.js';
import { CORS_HEADERS } from './cors-headers.js';
import { DEFAULT_LOGGING } from './default-logging.js';
import { asValue, globalSettings } from './global-settings.js';

/** Long tables of Django that grow from version to version. */
const KEPT_BY_DJANGO = [
  'LANGUAGES',
  'LANGUAGES_BIDI',
  'DATE_INPUT_FORMATS',
  'TIME_INPUT_FORMATS',
  'DATETIME_INPUT_FORMATS',
  'IGNORABLE_404_URLS',
  'DISALLOWED_USER_AGENTS',
];

/** Django's own names that settings modules use. */
export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['django.core.exceptions.ImproperlyConfigured', exceptionModel('django.core.exceptions.ImproperlyConfigured')],
    ['django.VERSION', (py) => version(py)],
    ...functionsOf('django', {
      get_version: (py, args) => {
        const found = djangoVersionOf(py.dependencies);
        return found === undefined
          ? unknownValue('the version of Django is not declared', derived(args.at))
          : strValue(found, derived(args.at));
      },
    }),
    ...functionsOf('django.core.management.utils', {
      get_random_secret_key: (_, args) => unknownValue('a random key differs from run to run', derived(args.at)),
    }),
    ...functionsOf('django.utils.crypto', {
      get_random_string: (_, args) => unknownValue('a random text differs from run to run', derived(args.at)),
    }),
    ...functionsOf('django.http.request', {
      split_domain_port: known((_, [host], origin) => {
        const text = textOf(host)?.toLowerCase();
        const match = text === undefined ? null : /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$/.exec(text);
        if (match === null) return tupleValue([strValue('', origin), strValue('', origin)], origin);
        return tupleValue(
          [strValue((match[1] ?? '').replace(/\.$/, ''), origin), strValue(match[2] ?? '', origin)],
          origin,
        );
      }),
    }),
    ...['DEBUG', 'INFO', 'SUCCESS', 'WARNING', 'ERROR'].flatMap((name, i): [string, () => Value][] => {
      const level = (): Value => intValue([10, 20, 25, 30, 40][i] ?? 0);
      return [
        [`django.contrib.messages.constants.${name}`, level],
        [`django.contrib.messages.${name}`, level],
      ];
    }),
    ['django.conf.global_settings.*', (py) => recordValue(globalSettings(py.dependencies))],
    ...globalSettings([]).map(
      ([name]) =>
        [
          `django.conf.global_settings.${name}`,
          (py: Interpreter): Value =>
            new Map(globalSettings(py.dependencies)).get(name) ??
            unknownValue('this version of Django has no such setting'),
        ] as const,
    ),
    ...CORS_HEADERS,
    ['django.utils.log.DEFAULT_LOGGING', () => asValue(DEFAULT_LOGGING)],
    ...KEPT_BY_DJANGO.map(
      (name) =>
        [
          `django.conf.global_settings.${name}`,
          (): Value => unknownValue(`what Django's own ${name} holds differs from version to version`),
        ] as const,
    ),
    [
      'django.utils.functional.lazy',
      () =>
        nativeFunction('lazy', (_, args) =>
          externalValue('django.utils.functional.lazy', derived(args.at), {
            args: args.positional,
            keywords: args.keywords,
          }),
        ),
    ],
  ]),
  distributions: new Map([
    ['rest_framework', ['djangorestframework']],
    ['debug_toolbar', ['django-debug-toolbar']],
    ['corsheaders', ['django-cors-headers']],
    ['django_extensions', ['django-extensions']],
    ['MySQLdb', ['mysqlclient']],
    ['psycopg2', ['psycopg2', 'psycopg2-binary']],
    ['psycopg2cffi', ['psycopg2cffi']],
    ['psycopg', ['psycopg', 'psycopg-binary']],
    ['PIL', ['pillow']],
    ['environ', ['django-environ']],
    ['dotenv', ['python-dotenv']],
    ['decouple', ['python-decouple']],
    ['jwt', ['pyjwt']],
    ['raven', ['raven']],
    ['storages', ['django-storages']],
    ['ldap', ['python-ldap']],
    ['social_core', ['social-auth-core', 'social-auth-app-django']],
    ['social_django', ['social-auth-app-django']],
    ['allauth', ['django-allauth']],
    ['haystack', ['django-haystack']],
    ['pkg_resources', ['setuptools']],
  ]),
};

function version(py: Interpreter): Value {
  const found = djangoVersionOf(py.dependencies);
  if (found === undefined) return unknownValue('the version of Django is not declared');
  const parts = found.split('.').map((part) => intValue(Number(part)));
  while (parts.length < 3) parts.push(intValue(0));
  return tupleValue([...parts.slice(0, 3), strValue('final'), intValue(0)]);
}
