import { database } from '../../facts/database.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown } from '../../location.js';
import { groupBy } from '../../group-by.js';
import { argument } from '../javascript-place.js';
import { launchedPath } from '../launched-path.js';
import { isReached } from '../reached.js';
import { LIBRARIES, type Library } from './libraries.js';

/** Databases of one engine are told once, at the first: what mends one mends all. What is kept in memory alone is no database. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const [engine, libraries] of groupBy(LIBRARIES, (one) => one.engine)) {
    const found = libraries.flatMap((library) =>
      javascript.imports(library.package)
        ? javascript
            .uses(library.package)
            .filter((use) => use.receiver === undefined && library.opens.test(use.steps.join('.')))
            .filter((use) => isReached(program, use) !== false)
            .flatMap((use) => opened(program, library, use))
        : [],
    );
    const [first, ...others] = found;
    if (first === undefined) continue;
    const variables = first.variables.join(', ');
    yield state(
      database,
      javascript.locate(first.use),
      {
        name: 'default',
        engine,
        scope: 'host',
        setting: `the path of its file${variables === '' ? '' : `, which ${variables} decides`}`,
        remedy: 'DATABASE_URL=postgres://…',
        path:
          first.path === undefined ? unknown('the path of its file is not known') : launchedPath(program, first.path),
      },
      others
        .slice(0, 8)
        .map(({ use }) => ({ message: 'another one is opened here', location: javascript.locate(use) })),
    );
  }
}

interface Opened {
  readonly use: Use;
  readonly path: string | undefined;
  readonly variables: readonly string[];
}

function opened(program: Program, { path, otherwise }: Library, use: Use): Opened[] {
  for (const where of path) {
    const given = placeOf(program, use, where);
    if (given === undefined) continue;
    const value = program.javascript.value(given);
    const written = text(value);
    if (written !== undefined && /^https?:\/\//.test(written)) return [];
    // An object of options is no path; a path that is not known is one all the same.
    if (value.kind === 'dict' || value.kind === 'none' || given.node.type === 'ObjectExpression') continue;
    return [{ use, path: written, variables: value.origin.variables }];
  }
  return otherwise === 'memory' ? [] : [{ use, path: otherwise.file, variables: [] }];
}

function placeOf(program: Program, use: Use, where: number | string): Placed | undefined {
  if (typeof where === 'number') return argument(use, where);
  const options = argument(use, 0);
  const found = options === undefined ? 'absent' : program.javascript.option(options, where);
  return found === 'absent' ? undefined : found;
}
