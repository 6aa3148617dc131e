import type { StatedOf } from '../../facts/fact.js';
import type { middleware } from '../../facts/middleware.js';

type Purpose = Extract<StatedOf<typeof middleware>['properties']['purpose'], string>;

export interface Known {
  readonly purpose: Purpose;
  /** What it leaves on the request for others, where that is all that it does. */
  readonly leaves?: RegExp;
}

const works = (purpose: Purpose): Known => ({ purpose });

/** By the package, and the member of it that makes the middleware. */
export const PACKAGES: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['helmet', works('security')],
  ['cors', works('security')],
  ['hpp', works('security')],
  ['express-mongo-sanitize', works('security')],
  ['xss-clean', works('security')],
  ['csurf', works('forgery-protection')],
  ['lusca', works('security')],
  ['compression', works('compression')],
  ['express-compression', works('compression')],
  ['morgan', works('diagnostics')],
  ['express-winston.logger', works('diagnostics')],
  ['pino-http', works('diagnostics')],
  ['response-time', works('diagnostics')],
  ['express-static-gzip', works('static-files')],
  ['serve-static', works('static-files')],
  ['serve-favicon', works('static-files')],
  ['express.static', works('static-files')],
  ['express-session', { purpose: 'sessions', leaves: /\bsession\b/ }],
  ['cookie-session', { purpose: 'sessions', leaves: /\bsession\b/ }],
  ['cookie-parser', { purpose: 'other', leaves: /\b(?:signedC|c)ookies\b/ }],
  ['passport.initialize', works('authentication')],
  ['passport.session', works('authentication')],
  ['connect-flash', { purpose: 'messages', leaves: /\bflash\b/ }],
  ['express-flash', works('messages')],
  ['express.json', works('other')],
  ['express.urlencoded', works('other')],
  ['express.text', works('other')],
  ['express.raw', works('other')],
  ['body-parser.json', works('other')],
  ['body-parser.urlencoded', works('other')],
  ['body-parser.text', works('other')],
  ['body-parser.raw', works('other')],
  ['method-override', works('other')],
  ['express-fileupload', works('other')],
]);
