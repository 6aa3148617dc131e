import type { Interpreter } from '../../link/python/interpreter.js';
import { strValue, tupleValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';
import { isAtLeast } from './version.js';

const texts = (list: readonly string[]): Value => tupleValue(list.map((one) => strValue(one)));

/** Gone since django-cors-headers 4.0, because no script may set them: https://github.com/adamchainz/django-cors-headers/blob/main/CHANGELOG.rst */
const FORBIDDEN = ['accept-encoding', 'dnt', 'origin'];
const HEADERS = ['accept', 'authorization', 'content-type', 'user-agent', 'x-csrftoken', 'x-requested-with'];

/** What a project adds its own headers to; in the version that is declared, else a current one. */
function defaultHeaders(py: Interpreter): Value {
  const version = py.dependencies.find(
    (one) => one.name === 'django-cors-headers' && one.version !== undefined,
  )?.version;
  return texts(isAtLeast(version, '4.0') ? HEADERS : [...HEADERS, ...FORBIDDEN].sort());
}

export const CORS_HEADERS: readonly (readonly [string, (py: Interpreter) => Value])[] = [
  ['corsheaders.defaults.default_headers', defaultHeaders],
  ['corsheaders.defaults.default_methods', () => texts(['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'])],
];
