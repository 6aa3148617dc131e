import { database } from '../../facts/database.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { prismaDatabase } from './clients.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  const found = prismaDatabase(program);
  if (found === undefined) return;
  const { datasource, engine, scope, host, path, setting } = found;
  yield state(
    database,
    datasource.location,
    {
      name: 'default',
      engine,
      scope,
      setting: engine === 'sqlite' ? 'provider' : setting,
      remedy:
        scope === 'cluster'
          ? ''
          : engine === 'sqlite'
            ? 'provider = "postgresql"'
            : 'the host name of a database server',
      ...(host === undefined ? {} : { host }),
      ...(path === undefined ? {} : { path }),
    },
    datasource.url === undefined ? [] : [{ message: 'its address is set here', location: datasource.url.location }],
  );
}
