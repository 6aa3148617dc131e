import { state, type Stated } from '../../facts/fact.js';
import { rateLimiter } from '../../facts/rate-limiter.js';
import type { Program } from '../../link/program.js';
import { chosenBy, doubted } from './doubt.js';
import { decorators } from './limits/decorators.js';
import { loginGuards } from './limits/login-guards.js';
import { throttles } from './limits/throttles.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** Limits on requests and logins, each where it is written, with the cache that counts. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, limits(program, settings));
}

function* limits(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const all = [...throttles(program, settings), ...decorators(program, settings), ...loginGuards(program, settings)];
  for (const { name, protects, location, counted } of all) {
    const { evidence, ...properties } = counted;
    yield state(rateLimiter, location, { name, protects, ...properties }, [...chosenBy(settings), ...evidence]);
  }
}
