import { readVariable } from '../../link/python/environment.js';
import { iterateOpen } from '../../link/python/iterate.js';
import type { Arguments, Interpreter } from '../../link/python/interpreter.js';
import { functionsOf } from '../../link/python/library.js';
import type { PythonModels } from '../../link/python/models.js';
import { setItem } from '../../link/python/subscript.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  derived,
  intValue,
  listValue,
  noneValue,
  recordValue,
  strValue,
  tupleValue,
  unknownValue,
} from '../../link/python/values.js';
import { entry, type DictValue, type Value } from '../../link/value.js';

const WHITENOISE = 'whitenoise.middleware.WhiteNoiseMiddleware';

/** `django_heroku.settings(locals())`, version 0.3.1: what it sets, in its order (`django_heroku/core.py`). */
function settings(py: Interpreter, args: Arguments): Value {
  const [config] = args.positional;
  if (config?.kind !== 'dict') return noneValue();
  const origin = derived(args.at);
  const wants = (name: string): boolean => truth(args.keywords.get(name) ?? boolValue(true)) !== false;
  const set = (name: string, value: Value): void => {
    setItem(py, config, strValue(name), value, args.at);
  };
  if (wants('databases')) setDatabases(py, config, args);
  if (wants('staticfiles')) {
    set('STATIC_URL', strValue('/static/', origin));
    set('STATICFILES_STORAGE', strValue('whitenoise.storage.CompressedManifestStaticFilesStorage', origin));
    const name = entry(config, 'MIDDLEWARE_CLASSES') === undefined ? 'MIDDLEWARE' : 'MIDDLEWARE_CLASSES';
    const before = entry(config, name);
    const items = before === undefined ? undefined : iterateOpen(py, before, args.at);
    set(
      name,
      items === undefined
        ? unknownValue(`${name} is not known`, origin)
        : tupleValue([strValue(WHITENOISE, origin), ...items], origin),
    );
  }
  if (wants('allowed_hosts')) set('ALLOWED_HOSTS', listValue([strValue('*', origin)], origin));
  return noneValue();
}

/** The address of the database is in a variable that the platform sets where one is attached. */
function setDatabases(py: Interpreter, config: DictValue, args: Arguments): void {
  const origin = derived(args.at);
  const url = readVariable(py, 'DATABASE_URL');
  // Deployed to something else by a manifest that sets no address, it leaves the databases alone.
  const by = py.launch.location?.uri;
  if (url === undefined && by !== undefined && !/(?:^|\/)(?:Procfile|app\.json|heroku\.ya?ml)$/.test(by)) return;
  const parse = py.models.names.get('dj_database_url.config')?.(py);
  const keywords = new Map<string, Value>([
    ['conn_max_age', entry(config, 'CONN_MAX_AGE') ?? intValue(600, origin)],
    ['ssl_require', boolValue(true, origin)],
  ]);
  const found =
    url === undefined || parse === undefined
      ? unknownValue('the address of the database is in DATABASE_URL, which Heroku sets', {
          ...origin,
          variables: ['DATABASE_URL'],
        })
      : py.call(parse, { positional: [], keywords, at: args.at });
  const before = entry(config, 'DATABASES');
  if (before === undefined)
    setItem(py, config, strValue('DATABASES'), recordValue([['default', found]], origin), args.at);
  else setItem(py, before, strValue('default'), found, args.at);
}

const BOTH = ['django_heroku', 'django_heroku.core', 'django_on_heroku', 'django_on_heroku.core'];

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(BOTH.flatMap((name) => [...functionsOf(name, { settings })])),
  distributions: new Map([
    ['django_heroku', ['django-heroku']],
    ['django_on_heroku', ['django-on-heroku']],
  ]),
};
