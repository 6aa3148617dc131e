import { unknown } from '../../location.js';
import { database } from '../../facts/database.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { reasonFor } from '../alternatives.js';
import { databasesOf } from './databases.js';
import { databaseRemedy } from './remedies.js';
import { chosenBy, doubted } from './doubt.js';
import { settingsOf, type DjangoSettings } from './settings.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, databases(program, settings));
}

function* databases(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const aliases = databasesOf(program);
  if (aliases === undefined) {
    const value = settings.get('DATABASES');
    const reason = reasonFor(value, 'DATABASES');
    yield state(
      database,
      value?.origin.locations[0] ?? settings.placeOf('DATABASES'),
      { name: 'default', engine: unknown(reason), scope: unknown(reason), setting: 'DATABASES', remedy: '' },
      chosenBy(settings),
    );
    return;
  }
  for (const alias of aliases) {
    yield state(
      database,
      alias.location,
      {
        name: alias.name,
        engine: alias.product,
        scope: alias.scope,
        setting: `DATABASES["${alias.name}"]`,
        remedy: alias.scope === 'cluster' ? '' : databaseRemedy(program, settings, alias),
        ...(alias.host === undefined ? {} : { host: alias.host }),
        ...(alias.path === undefined ? {} : { path: alias.path }),
      },
      [...chosenBy(settings), ...alias.evidence],
    );
  }
}
