import type { Read, Technology } from '../technology.js';
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

/** A file must hold state and look like it meets requests, by its text or by its name. */
export const REQUEST_MODULES: readonly Read[] = [
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
];

/** Plain Python, whatever the framework. A manifest of packages is only the sign that there is some; nothing parses it for this. */
export const technology: Technology = {
  id: 'python',
  title: 'Python',
  reads: [
    ...REQUEST_MODULES,
    { language: 'python', paths: ['requirements*.txt', 'requirements/*.txt', 'pyproject.toml', 'Pipfile', 'setup.py'] },
  ],
};
