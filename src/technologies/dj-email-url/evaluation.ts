import { originOfVariable, readVariable } from '../../link/python-environment.js';
import type { Arguments, Interpreter } from '../../link/python-interpreter.js';
import { parseQuery, splitUrl, unquote } from '../../link/python-library-urls.js';
import { functionsOf } from '../../link/python-library.js';
import { argument, type PythonModels } from '../../link/python-models.js';
import { spread, truth } from '../../link/python-operators.js';
import {
  boolValue,
  derived,
  intValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python-values.js';
import type { Origin, Value } from '../../link/value.js';

/** From dj-email-url 1.0 (`dj_email_url/__init__.py`). */
const BACK_ENDS: Readonly<Record<string, string>> = {
  smtp: 'smtp',
  submission: 'smtp',
  'submission+ssl': 'smtp',
  smtps: 'smtp',
  'smtp+tls': 'smtp',
  'smtp+ssl': 'smtp',
  console: 'console',
  file: 'filebased',
  memory: 'locmem',
  dummy: 'dummy',
};

function parsed(url: Value, args: Arguments, origin: Origin): Value {
  const open = spread(args.at, [url], ([one = url]) => parsed(one, args, origin));
  if (open !== undefined) return open;
  if (url.kind !== 'str') return unknownValue('the address is no text', origin);
  const parts = splitUrl(url.value);
  const back = BACK_ENDS[parts.scheme];
  if (back === undefined) return unknownValue(`mail scheme ${parts.scheme} is not known`, origin);
  const maybe = (text: string | undefined): Value =>
    text === undefined ? noneValue(origin) : strValue(unquote(text), origin);
  const query = new Map(parseQuery(parts.query));
  const flag = (name: string, value: boolean): Value =>
    boolValue(query.has(name) ? /^(?:true|1|yes|on)$/i.test(query.get(name) ?? '') : value, origin);
  const port =
    parts.port === undefined ? (parts.scheme.startsWith('submission') ? 587 : undefined) : Number(parts.port);
  const pairs: [string, Value][] = [
    ['EMAIL_FILE_PATH', strValue(unquote(parts.path.slice(1)), origin)],
    ['EMAIL_HOST_USER', maybe(parts.username)],
    ['EMAIL_HOST_PASSWORD', maybe(parts.password)],
    ['EMAIL_HOST', maybe(parts.hostname)],
    ['EMAIL_PORT', port === undefined ? noneValue(origin) : intValue(port, origin)],
    ['EMAIL_BACKEND', strValue(`django.core.mail.backends.${back}.EmailBackend`, origin)],
    ['EMAIL_USE_SSL', flag('ssl', parts.scheme.endsWith('+ssl'))],
    [
      'EMAIL_USE_TLS',
      flag('tls', parts.scheme === 'smtps' || parts.scheme === 'smtp+tls' || parts.scheme === 'submission'),
    ],
    [
      'SERVER_EMAIL',
      query.has('_server_email') ? strValue(query.get('_server_email') ?? '', origin) : noneValue(origin),
    ],
    [
      'DEFAULT_FROM_EMAIL',
      query.has('_default_from_email') ? strValue(query.get('_default_from_email') ?? '', origin) : noneValue(origin),
    ],
    ['EMAIL_TIMEOUT', query.has('timeout') ? intValue(Number(query.get('timeout')), origin) : noneValue(origin)],
  ];
  return recordValue(
    pairs.filter(
      ([name, value]) => value.kind !== 'none' || !/^(?:SERVER_EMAIL|DEFAULT_FROM_EMAIL|EMAIL_TIMEOUT)$/.test(name),
    ),
    origin,
  );
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(
    functionsOf('dj_email_url', {
      parse: (_, args) => parsed(argument(args, 0, 'url') ?? noneValue(), args, derived(args.at, ...args.positional)),
      config: (py, args) => {
        const name = argument(args, 0, 'env') ?? strValue('EMAIL_URL');
        const fallback = args.keywords.get('default') ?? args.positional[1];
        if (name.kind !== 'str') return unknownValue('the name of the variable is not known', derived(args.at));
        const url = readVariable(py, name.value) ?? fallback;
        const origin = originOfVariable(name.value, args.at);
        return url === undefined || truth(url) === false
          ? recordValue([], origin)
          : parsed(url, args, originOfVariable(name.value, args.at, url));
      },
    }),
  ),
};
