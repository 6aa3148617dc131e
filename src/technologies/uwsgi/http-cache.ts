import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import { unknown, type Location } from '../../location.js';
import { started } from '../started.js';
import { optionsOf } from './options.js';

/** https://uwsgi-docs.readthedocs.io/en/latest/StaticFiles.html#setting-the-expires-headers */
const EXPIRES = ['', '-uri', '-path-info', '-type', '-file'].flatMap((on) => [
  `static-expires${on}`,
  `static-expires${on}-mtime`,
]);
const AN_HOUR = 3600;

/** Folders that the server of the application sends itself; it tells when a file was changed, and nothing of how long it may be kept. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const start = started(program, /^uwsgi(?:-core|_python3?)?$/).at(-1);
  if (start === undefined) return;
  const options = optionsOf(start, program);
  const expires = options.texts(EXPIRES);
  const ages = expires.map(({ value }) => Number(/(\d+)\s*$/.exec(value)?.[1]));
  const headers = options.texts([
    'add-header',
    'route-uri',
    'response-route-uri',
    'response-route-status',
    'collect-header',
    'route',
  ]);
  const open =
    options.unread ??
    (headers.some(({ value }) => /cache-control|expires/i.test(value)) ? 'a header of its own decides' : undefined);
  const seen = new Set<string>();
  for (const { value, location } of options.texts(['static-map', 'static-map2'])) {
    const [, path = ''] = /^\s*(\/[^=\s]*)=/.exec(value) ?? [];
    const content = /media|upload|protected/i.test(path) ? 'media' : 'static';
    if (path === '' || seen.has(path)) continue;
    seen.add(path);
    // Which paths the expressions are for is left to whoever wrote them.
    const age = ages.find((one) => Number.isFinite(one)) ?? 0;
    const maximumAge = expires.length === 0 && open !== undefined ? unknown<number>(open) : age;
    const folder = path.replace(/\/+$/, '');
    yield state(httpCache, lineOf(program, location, `${path}=`), {
      ...{ content, layer: 'application', where: path, maximumAge },
      cacheable: typeof maximumAge === 'number' ? maximumAge >= AN_HOUR : unknown(maximumAge.unknown),
      remedy: `static-expires-uri = ^${folder}/ 2592000 (a year, 31536000, where names hold a hash)`,
    });
  }
}

/** A command can go over many lines. */
function lineOf(program: Program, location: Location, written: string): Location {
  const { startLine, endLine } = location.region;
  if (endLine === startLine) return location;
  const lines = (program.inventory.read(location.uri) ?? '').split('\n').slice(startLine - 1, endLine);
  const at = lines.findIndex((line) => line.includes(written));
  const line = lines[at];
  if (line === undefined) return location;
  const [start, end] = [line.search(/\S/) + 1, line.trimEnd().length + 1];
  const number = startLine + at;
  return { uri: location.uri, region: { startLine: number, startColumn: start, endLine: number, endColumn: end } };
}
