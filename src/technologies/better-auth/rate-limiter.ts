import { state, type Stated } from '../../facts/fact.js';
import { rateLimiter } from '../../facts/rate-limiter.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown } from '../../location.js';
import { authsOf, keptBeside, type Auth, type Kept } from './options.js';

/**
 * Log-ins are limited in production unless somebody switches that off, and counted in memory unless a storage is chosen or there
 * is a secondary one: https://www.better-auth.com/docs/concepts/rate-limit
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const auth of authsOf(program)) {
    const limit = auth.options === undefined ? undefined : javascript.option(auth.options, 'rateLimit');
    const enabled = optionOf(program, limit, 'enabled');
    const off = enabled === undefined || enabled === 'absent' ? undefined : javascript.value(enabled);
    if (off?.kind === 'bool' && !off.value) continue;
    const storage = optionOf(program, limit, 'storage');
    const { store, scope } = countedIn(program, auth, limit, storage);
    yield state(rateLimiter, javascript.locate(storage === 'absent' || storage === undefined ? auth.call : storage), {
      name: 'betterAuth()',
      store,
      scope,
      protects: 'logins',
      explicit: storage !== 'absent',
      setting: 'rateLimit.storage of betterAuth()',
      remedy: "rateLimit: { storage: 'database' }",
    });
  }
}

type Option = Placed | 'absent' | undefined;

function optionOf(program: Program, holder: Option, key: string): Option {
  return holder === 'absent' || holder === undefined ? holder : program.javascript.option(holder, key);
}

function countedIn(program: Program, { options }: Auth, limit: Option, storage: Option): Kept {
  const { javascript } = program;
  const reason = 'what counts the log-ins is not known';
  const open: Kept = { store: unknown(reason), scope: unknown(reason, ['process', 'cluster']) };
  const own = optionOf(program, limit, 'customStorage');
  if (own === undefined || storage === undefined) return open;
  if (own !== 'absent') return keptBeside(program, own);
  const beside = options === undefined ? undefined : javascript.option(options, 'secondaryStorage');
  const chosen =
    storage === 'absent' ? (beside === 'absent' ? 'memory' : 'secondary-storage') : text(javascript.value(storage));
  if (chosen === 'memory') return { store: 'the memory of the process', scope: 'process' };
  if (chosen === 'database') return { store: 'the database', scope: 'cluster' };
  if (chosen === 'secondary-storage' && beside !== undefined && beside !== 'absent') return keptBeside(program, beside);
  return open;
}
