import { state, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown } from '../../location.js';
import { argument } from '../javascript-place.js';
import { ownDatabase } from '../own-database.js';
import { isReached } from '../reached.js';
import { optionsOrReturned } from '../returned-options.js';

/** What sets log-ins up, by package. */
const MAKERS: ReadonlyMap<string, RegExp> = new Map([
  ['next-auth', /^(?:default|NextAuth|)$/],
  ['@auth/core', /^Auth$/],
  ['@auth/express', /^ExpressAuth$/],
  ['@auth/sveltekit', /^SvelteKitAuth$/],
  ['@auth/solid-start', /^SolidAuth$/],
]);

/**
 * Sealed cookies, unless an adapter is given and nobody says otherwise: https://authjs.dev/concepts/session-strategies.
 * What a log-in leaves for its second half (state, nonce) lies in cookies as well.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const [name, makers] of MAKERS) {
    if (!javascript.imports(name)) continue;
    const call = javascript
      .uses(name)
      .find(
        (use) => use.receiver === undefined && makers.test(use.steps.join('.')) && isReached(program, use) !== false,
      );
    if (call !== undefined) yield stated(program, name, call);
  }
}

function stated(program: Program, name: string, call: Use): Stated {
  const { javascript } = program;
  const options = optionsOf(program, call);
  const session = options === undefined ? undefined : javascript.option(options, 'session');
  const strategy = session === undefined || session === 'absent' ? session : javascript.option(session, 'strategy');
  const written = strategy === undefined || strategy === 'absent' ? undefined : text(javascript.value(strategy));
  const adapter = options === undefined ? undefined : javascript.option(options, 'adapter');
  const inDatabase = written === undefined ? strategy === 'absent' && adapter !== 'absent' : written === 'database';
  const reason = 'the options of the log-ins cannot be followed to the strategy of their sessions';
  const open = written === undefined && (strategy !== 'absent' || adapter === undefined);
  return state(sessionStore, javascript.locate(call), {
    store: open ? unknown(reason, ['sealed cookies', 'database']) : inDatabase ? 'database' : 'sealed cookies',
    keeper: open ? unknown(reason, ['own', 'database']) : inDatabase ? 'database' : 'own',
    scope: open || !inDatabase ? 'cluster' : ownDatabase(program),
    explicit: strategy !== 'absent',
    setting: `session.strategy of ${name}`,
    remedy: '',
  });
}

/** The last argument: `NextAuth(req, res, options)` answers at once. */
function optionsOf(program: Program, call: Use): Placed | undefined {
  const last = argument(call, call.node.arguments.length - 1);
  return last === undefined ? undefined : optionsOrReturned(program, last);
}
