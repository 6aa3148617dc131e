import type { Technology } from '../technology.js';
import { ASIDE } from './request-path.js';

/** A line that binds a name to a container, or a `global` statement: without one a module has no state to share. */
const STATE =
  /\bglobal\s|(?:^|\n)[ \t]*\w+[ \t]*(?::[^=\n]*)?=[ \t]*(?:[{[]|dict\(|list\(|set\(|(?:collections\.)?(?:defaultdict|OrderedDict|deque|Counter)\()/;
const REQUEST =
  /\brequest\b|View|Consumer|Middleware|Resource|RequestHandler|HTTPEndpoint|@\w+\.(?:route|get|post|put|patch|delete|websocket)\b/;

/** Plain Python, whatever the framework: a file must hold state and look like it meets requests, by its text or by its name. */
export const technology: Technology = {
  id: 'python',
  title: 'Python',
  reads: [
    {
      language: 'python',
      paths: ['*.py'],
      except: ASIDE,
      mentions: new RegExp(`^(?=[^]*?(?:${REQUEST.source}))(?=[^]*?(?:${STATE.source}))`),
    },
    {
      language: 'python',
      paths: [
        '**/{view,views,viewset,viewsets,api,middleware,middlewares,consumers,routes,endpoints,resolvers,handlers}{.py,/*.py}',
      ],
      except: ASIDE,
      mentions: STATE,
    },
  ],
};
