import { posix } from 'node:path';
import { database } from '../../facts/database.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text, type Value } from '../../link/value.js';
import { unknown } from '../../location.js';
import { optionAt } from '../client-options.js';
import { argument } from '../javascript-place.js';
import { launchedPath } from '../launched-path.js';
import { isReached } from '../reached.js';

/** Drivers of Drizzle that open a file themselves: https://orm.drizzle.team/docs/get-started-sqlite */
const DRIVERS = /^(?:better-sqlite3|libsql|libsql\/node|bun-sqlite|node-sqlite)$/;

/** `drizzle('shop.db')`, `drizzle({ connection: { url: 'file:shop.db' } })`. One that is handed a client says nothing of its own. */
export function* mappedFiles(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.imports('drizzle-orm')) return;
  for (const use of javascript.uses('drizzle-orm')) {
    if (use.steps.join('.') !== 'drizzle' || !DRIVERS.test(use.subpath) || isReached(program, use) === false) continue;
    const address = addressOf(program, use);
    const written = text(address);
    if (address === undefined || (written !== undefined && /^(?:libsql|https?|wss?):/.test(written))) continue;
    // An address that is not known may be that of a server where the driver speaks to both.
    if (written === undefined && use.subpath.startsWith('libsql')) continue;
    const path = written?.replace(/^file:(?:\/\/)?/, '').replace(/\?.*$/, '');
    const memory = path === ':memory:' || path === '';
    const variables = address.origin.variables.join(', ');
    yield state(database, javascript.locate(use), {
      name: path === undefined || memory ? 'default' : posix.basename(path),
      engine: 'sqlite',
      scope: memory ? 'process' : 'host',
      setting: `the path of its file${variables === '' ? '' : `, which ${variables} decides`}`,
      remedy: 'DATABASE_URL=postgres://…',
      ...(memory
        ? {}
        : { path: path === undefined ? unknown('the path of its file is not known') : launchedPath(program, path) }),
    });
  }
}

function addressOf(program: Program, use: Use): Value | undefined {
  const first = argument(use, 0);
  if (first === undefined) return undefined;
  const value = program.javascript.value(first);
  if (value.kind === 'str') return value;
  if (first.node.type !== 'ObjectExpression')
    return value.kind === 'unknown' && value.origin.variables.length > 0 ? value : undefined;
  for (const path of ['connection.url', 'connection.source', 'connection']) {
    const found = optionAt(program, [first], path);
    if (found !== 'absent' && found !== 'unknown' && found.value.kind !== 'dict') return found.value;
  }
  return undefined;
}
