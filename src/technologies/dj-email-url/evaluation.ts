import { originOfVariable, readVariable } from '../../link/python/environment.js';
import type { Arguments, Interpreter } from '../../link/python/interpreter.js';
import { parseQuery, splitUrl, unquote } from '../../link/python/url-parts.js';
import { functionsOf } from '../../link/python/library.js';
import { argument, type PythonModels } from '../../link/python/models.js';
import { spread } from '../../link/python/spread.js';
import { truth } from '../../link/python/truth.js';
import {
  boolValue,
  derived,
  intValue,
  noneValue,
  recordValue,
  strValue,
  unknownValue,
} from '../../link/python/values.js';
import type { Origin, Value } from '../../link/value.js';

/** From dj-email-url 1.0 (`dj_email_url.py`). */
const BACK_ENDS: Readonly<Record<string, string>> = {
  smtp: 'smtp',
  submission: 'smtp',
  submit: 'smtp',
  smtps: 'smtp',
  console: 'console',
  file: 'filebased',
  memory: 'locmem',
  dummy: 'dummy',
};

/** What every address gives, whatever it says. */
const ALWAYS = [
  'EMAIL_FILE_PATH',
  'EMAIL_HOST_USER',
  'EMAIL_HOST_PASSWORD',
  'EMAIL_HOST',
  'EMAIL_PORT',
  'EMAIL_USE_SSL',
  'EMAIL_USE_TLS',
  'EMAIL_TIMEOUT',
  'EMAIL_BACKEND',
];

const isTrue = (text: string | undefined): boolean => /^(?:1|y|yes|t|true|on)$/i.test(text ?? '');

function parsed(url: Value, args: Arguments, origin: Origin): Value {
  if (url.kind === 'unknown' && url.candidates === undefined)
    return recordValue(
      ALWAYS.map((name) => [name, unknownValue(url.reason, origin)]),
      origin,
    );
  const open = spread(args.at, [url], ([one = url]) => parsed(one, args, origin));
  if (open !== undefined) return open;
  if (url.kind !== 'str') return unknownValue('the address is no text', origin);
  const parts = splitUrl(url.value);
  const query = new Map(parseQuery(parts.query).reverse());
  const maybe = (text: string | undefined): Value =>
    text === undefined ? noneValue(origin) : strValue(unquote(text), origin);
  const submits = parts.scheme === 'submission' || parts.scheme === 'submit';
  const port =
    parts.port === undefined ? (parts.scheme === 'smtp' ? 25 : submits ? 587 : undefined) : Number(parts.port);
  const ssl = query.has('ssl') && isTrue(query.get('ssl'));
  const tls = !ssl && (submits || parts.scheme === 'smtps' || (!query.has('ssl') && isTrue(query.get('tls'))));
  const back = BACK_ENDS[parts.scheme];
  const timeout = query.get('timeout');
  const pairs: [string, Value][] = [
    ['EMAIL_FILE_PATH', strValue(parts.path.slice(1), origin)],
    ['EMAIL_HOST_USER', maybe(parts.username)],
    ['EMAIL_HOST_PASSWORD', maybe(parts.password)],
    ['EMAIL_HOST', maybe(parts.hostname ?? (parts.scheme === 'smtp' ? 'localhost' : undefined))],
    ['EMAIL_PORT', port === undefined ? noneValue(origin) : intValue(port, origin)],
    ['EMAIL_USE_SSL', boolValue(ssl, origin)],
    ['EMAIL_USE_TLS', boolValue(tls, origin)],
    ['EMAIL_TIMEOUT', timeout === undefined ? noneValue(origin) : intValue(Number(timeout), origin)],
  ];
  if (back !== undefined)
    pairs.push(['EMAIL_BACKEND', strValue(`django.core.mail.backends.${back}.EmailBackend`, origin)]);
  for (const name of ['server_email', 'default_from_email']) {
    const text = query.get(`_${name}`);
    if (text !== undefined) pairs.push([name.toUpperCase(), strValue(text, origin)]);
  }
  return recordValue(pairs, origin);
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
