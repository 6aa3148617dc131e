import { logFile } from '../../facts/log-file.js';
import { state, type Stated } from '../../facts/fact.js';
import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, text, type Value } from '../../link/value.js';
import { alternatives } from '../alternatives.js';
import { containerPath } from '../container-path.js';
import { chosenBy, doubted } from './doubt.js';
import { lineageOf, type Lineage } from './lineage.js';
import { handlersInForce, logConfigurationOf, type LogConfiguration } from './log-configuration.js';
import { handlerClassOf } from './log-handlers.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/**
 * Classes that write files, and whether they rename them by themselves.
 * https://docs.python.org/3/library/logging.handlers.html, https://pypi.org/project/concurrent-log-handler/
 */
const WRITERS: ReadonlyMap<string, 'by-size' | 'by-time' | 'never'> = new Map([
  ['logging.FileHandler', 'never'],
  ['logging.handlers.WatchedFileHandler', 'never'],
  ['logging.handlers.RotatingFileHandler', 'by-size'],
  ['logging.handlers.TimedRotatingFileHandler', 'by-time'],
  // Takes a lock that all processes of the machine see.
  ['concurrent_log_handler.ConcurrentRotatingFileHandler', 'never'],
  ['concurrent_log_handler.ConcurrentTimedRotatingFileHandler', 'never'],
  ['cloghandler.ConcurrentRotatingFileHandler', 'never'],
]);

interface Writer {
  readonly name: string;
  readonly kind: string;
  readonly rotates: Maybe<boolean>;
  readonly path?: Maybe<string>;
  readonly location: Location;
  readonly through: readonly Evidence[];
}

/** Of all files that LOGGING writes, the first that is rotated, else the first. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  const configuration = settings === undefined ? undefined : logConfigurationOf(program, settings);
  if (settings === undefined || configuration === undefined) return;
  const writers = writersOf(program, settings, configuration);
  const first =
    writers.find(({ rotates }) => rotates === true) ?? writers.find(({ rotates }) => isUnknown(rotates)) ?? writers[0];
  if (first === undefined) return;
  const others = writers.filter((one) => one !== first);
  yield* doubted(settings, [
    state(
      logFile,
      first.location,
      {
        handler: first.kind,
        rotates: first.rotates,
        setting: `LOGGING["handlers"]["${first.name}"]`,
        remedy: `LOGGING["handlers"]["${first.name}"] = {"class": "logging.StreamHandler"}`,
        ...(first.path === undefined ? {} : { path: first.path }),
      },
      [
        ...first.through,
        ...others.map(({ kind, location }) => ({ message: `${kind} writes another file`, location })),
        ...chosenBy(settings),
      ],
    ),
  ]);
}

/** Only handlers that some logger hands messages to write anything. */
function writersOf(program: Program, settings: DjangoSettings, configuration: LogConfiguration): readonly Writer[] {
  const used = new Set<string>();
  for (const name of configuration.loggers.keys()) {
    const handlers = handlersInForce(configuration, name);
    if (!isUnknown(handlers)) for (const one of handlers) used.add(one);
  }
  const writers: Writer[] = [];
  for (const [name, handler] of configuration.handlers) {
    const kind = handlerClassOf(handler);
    const found = kind === undefined ? undefined : lineageOf(program, kind, (one) => WRITERS.get(one));
    if (kind === undefined || found === undefined || !used.has(name)) continue;
    const filename = entry(handler, 'filename');
    const path = filename === undefined ? undefined : pathOf(program, filename);
    // /dev/stdout is no file.
    if (typeof path === 'string' && /^\/(?:dev|proc)\//.test(path)) continue;
    writers.push({
      ...{ name, kind: kind.slice(kind.lastIndexOf('.') + 1), rotates: rotatesOf(found, handler) },
      ...(path === undefined ? {} : { path }),
      location: handler.origin.locations[0] ?? settings.placeOf('LOGGING'),
      through: found.through,
    });
  }
  return writers;
}

function pathOf(program: Program, value: Value): Maybe<string> {
  const [first, ...others] = alternatives(value) ?? [];
  const path = text(first);
  return path === undefined || others.length > 0
    ? unknown('the place of the file is not known')
    : containerPath(program, path);
}

/** "If either of maxBytes or backupCount is zero, rollover never occurs." */
function rotatesOf({ known, through }: Lineage<'by-size' | 'by-time' | 'never'>, handler: Value): Maybe<boolean> {
  if (known !== 'by-size') return known === 'by-time';
  for (const name of ['maxBytes', 'backupCount']) {
    const value = entry(handler, name);
    if (value?.kind === 'int' && Number(value.value) === 0) return false;
    if (value?.kind === 'int') continue;
    // A class of the project may set it by itself.
    if (value === undefined && through.length === 0) return false;
    return unknown(`${name} is not known`, [true, false]);
  }
  return true;
}
