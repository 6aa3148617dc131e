import { state, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Program } from '../../link/program.js';
import { isReached } from '../reached.js';

/** What sets such a session up: the package itself, or one of its functions. */
const PACKAGES: ReadonlyMap<string, RegExp> = new Map([
  ['cookie-session', /^(default)?$/],
  ['client-sessions', /^(default)?$/],
  ['iron-session', /^(getIronSession|ironSession|withIronSessionApiRoute|withIronSessionSsr)$/],
]);

export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const [name, makers] of PACKAGES) {
    if (!javascript.imports(name)) continue;
    const call = javascript
      .uses(name)
      .find((use) => makers.test(use.steps.join('.')) && isReached(program, use) !== false);
    if (call !== undefined)
      yield state(sessionStore, javascript.locate(call), {
        store: name === 'cookie-session' ? 'signed cookies' : 'sealed cookies',
        keeper: 'own',
        scope: 'cluster',
        explicit: true,
        setting: name,
        remedy: '',
      });
  }
  // A plugin is not called but registered.
  const [plugin] = javascript.importsOf('@fastify/secure-session');
  if (plugin !== undefined)
    yield state(sessionStore, plugin, {
      store: 'sealed cookies',
      keeper: 'own',
      scope: 'cluster',
      explicit: true,
      setting: '@fastify/secure-session',
      remedy: '',
    });
}
