import type { Technology } from '../technology.js';
import { ASIDE } from './request-path.js';

/** What stands behind a name that is bound to a container. */
const CONTAINER =
  /[ \t]*(?::[^=\n]*)?=[ \t]*(?:[{[]|dict\(|list\(|set\(|(?:collections\.)?(?:defaultdict|OrderedDict|deque|Counter)\()/
    .source;
/** A class that answers requests, or a condition of the module: only there can an indented line bind what is shared. */
const OPENS = /(?:View|View[sS]et|Middleware|MiddlewareMixin|Consumer|Resource|RequestHandler|HTTPEndpoint)\s*[,)[#]/
  .source;
/**
 * A function, and what it could share: a `global` statement, or a container that is bound at the left edge, or indented
 * where that may be outside of functions. Telling locals apart halves what is parsed of a large repository.
 */
const STATE =
  '(?=[^]*?\\bdef\\s)' +
  `(?:(?=[^]*?(?:\\bglobal\\s|(?:^|\\n)\\w+${CONTAINER}))` +
  `|(?=[^]*?(?:${OPENS}|\\n(?:if|try)\\b))(?=[^]*?\\n[ \\t]+\\w+${CONTAINER}))`;
const REQUEST =
  /\brequest\b|View|Consumer|Middleware|Resource|RequestHandler|HTTPEndpoint|@\w+\.(?:route|get|post|put|patch|delete|websocket)\b/
    .source;

/** Plain Python, whatever the framework: a file must hold state and look like it meets requests, by its text or by its name. */
export const technology: Technology = {
  id: 'python',
  title: 'Python',
  reads: [
    {
      language: 'python',
      paths: ['*.py'],
      except: ASIDE,
      mentions: new RegExp(`^(?=[^]*?(?:${REQUEST}))${STATE}`),
    },
    {
      language: 'python',
      paths: [
        '**/{view,views,viewset,viewsets,api,middleware,middlewares,consumers,routes,endpoints,resolvers,handlers}{.py,/*.py}',
      ],
      except: ASIDE,
      mentions: new RegExp(`^${STATE}`),
    },
  ],
};
