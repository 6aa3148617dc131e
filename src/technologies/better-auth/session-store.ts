import { state, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { ownDatabase } from '../own-database.js';
import { authsOf, keptBeside } from './options.js';

/** Rows of the database, or entries of a secondary storage where one is given (https://www.better-auth.com/docs/concepts/session-management). */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const { call, options } of authsOf(program)) {
    const beside = options === undefined ? undefined : javascript.option(options, 'secondaryStorage');
    const database = options === undefined ? undefined : javascript.option(options, 'database');
    const location = javascript.locate(call);
    const common = { explicit: true, remedy: '' };
    if (beside !== undefined && beside !== 'absent') {
      const { store, scope } = keptBeside(program, beside);
      yield state(sessionStore, location, {
        ...common,
        store,
        keeper: 'own',
        scope,
        setting: 'secondaryStorage of betterAuth()',
        remedy:
          scope === 'cluster' ? '' : 'secondaryStorage: redisStorage({ client: new Redis(process.env.REDIS_URL) })',
      });
    } else if (beside === 'absent' && database !== 'absent')
      yield state(sessionStore, location, {
        ...common,
        store: 'database',
        keeper: 'database',
        scope: ownDatabase(program),
        setting: 'database of betterAuth()',
      });
    else {
      const reason = 'the options of betterAuth() cannot be followed to where sessions are kept';
      yield state(sessionStore, location, {
        ...common,
        store: unknown(reason),
        keeper: unknown(reason, ['own', 'database']),
        scope: unknown(reason, ['process', 'cluster']),
        setting: 'database of betterAuth()',
      });
    }
  }
}
