import { unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import { BINARY, megabytesOf } from '../memory-size.js';
import { isFor, tables, type App, type Group } from './app.js';

/** Megabytes of each processor where no memory is written: https://fly.io/docs/about/pricing/#started-fly-machines */
const BY_KIND: Readonly<Record<string, number>> = { shared: 256, performance: 2_048 };

/** `[[vm]]` of a group: what its machines have, which is what its processes may take. */
export function memoryOf(
  document: Document,
  app: App,
  group: Group,
): { limit: Maybe<number>; location: Location } | undefined {
  const table = tables(app.root, 'vm').find((one) => isFor(one, group, app));
  const written = pair(table, 'memory') ?? pair(table, 'memory_mb') ?? pair(table, 'size');
  const text = string(written?.value);
  if (table === undefined || written === undefined || text === undefined) return undefined;
  const location = locate(document, place(written));
  if (written.key !== 'size') {
    const bare = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    return { limit: bare ?? megabytesOf(text, BINARY) ?? unknown('it is no size'), location };
  }
  const [, kind = '', count = ''] = /^(shared|performance)(?:-cpu)?-(\d{1,2})x$/.exec(text) ?? [];
  const each = BY_KIND[kind];
  // A kind of processor beside it can change what the size stands for.
  if (get(table, 'cpu_kind') !== undefined || each === undefined)
    return { limit: unknown('its size is none that is known here'), location };
  return { limit: each * Number(count), location };
}
