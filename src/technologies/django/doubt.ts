import { unknown, type Evidence } from '../../location.js';
import type { Stated } from '../../facts/fact.js';
import type { DjangoSettings } from './settings.js';

/** The property of each kind that decides a verdict. */
const DECIDING: ReadonlySet<string> = new Set([
  'scope',
  'lifetime',
  'enabled',
  'used',
  'cacheable',
  'policy',
  'audience',
  'hits',
  'verbose',
  'rotates',
  'cursors',
  'keptBesidePool',
  'preparesStatements',
  'transactionPerRequest',
  'cached',
  'effect',
]);

/**
 * Where nothing that is deployed names the settings, and their own name does not say production either, what they say
 * may hold for a developer's machine only: facts are stated, verdicts are left open.
 */
export function* doubted(settings: DjangoSettings, facts: Iterable<Stated>): Iterable<Stated> {
  // A module that sets nothing runs nothing: what production loads is somewhere else.
  if (settings.names.size === 0) return;
  const { doubt: reason } = settings;
  const sure =
    reason === undefined ||
    /(^|[._])(prod|production|deploy|live|heroku|docker(?!_compose)|staging)([._]|$)/.test(settings.module);
  for (const fact of facts) {
    if (sure) {
      yield fact;
      continue;
    }
    const properties = Object.entries(fact.properties).map(([name, value]) => [
      name,
      DECIDING.has(name) ? unknown(reason) : value,
    ]);
    yield { ...fact, properties: Object.fromEntries(properties) as Stated['properties'] };
  }
}

/** Why these settings: the strongest reasons; `scalecard settings` shows all. */
export function chosenBy(settings: DjangoSettings): readonly Evidence[] {
  return settings.evidence.slice(0, 2);
}
