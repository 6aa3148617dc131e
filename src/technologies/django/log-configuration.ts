import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import type { DjangoSettings } from './settings.js';

/** A logger of LOGGING with what it hands its messages to; the root logger has no name. */
export interface Logger {
  readonly name: string;
  /** Its own, as a number; absent where it takes that of the logger above it. */
  readonly level?: Maybe<number>;
  readonly levelValue?: Value;
  /** Undefined where the list is not known. */
  readonly handlers: readonly string[] | undefined;
  readonly propagates: boolean;
}

export interface LogConfiguration {
  readonly loggers: ReadonlyMap<string, Logger>;
  readonly handlers: ReadonlyMap<string, Value>;
  readonly filters: ReadonlyMap<string, Value>;
  readonly location: Location;
}

const NOTSET = 0;
const DEBUG = 10;
const INFO = 20;
const WARNING = 30;

/** https://docs.python.org/3/library/logging.html#logging-levels */
const LEVELS: Readonly<Record<string, number>> = {
  NOTSET,
  DEBUG,
  INFO,
  WARN: WARNING,
  WARNING,
  ERROR: 40,
  FATAL: 50,
  CRITICAL: 50,
};

/** LOGGING, where Django configures logging by it; undefined where the project leaves it alone, or calls for something else. */
export function logConfigurationOf(program: Program, settings: DjangoSettings): LogConfiguration | undefined {
  const value = settings.get('LOGGING');
  if (value?.kind !== 'dict') return undefined;
  const configured = settings.get('LOGGING_CONFIG');
  if (configured?.kind === 'none' && !callsItself(program, settings)) return undefined;
  const loggers = new Map<string, Logger>();
  for (const [name, one] of namedIn(entry(value, 'loggers'))) loggers.set(name, loggerOf(name, one));
  const root = entry(value, 'root');
  if (root !== undefined) loggers.set('', loggerOf('', root));
  return {
    loggers,
    handlers: new Map(namedIn(entry(value, 'handlers'))),
    filters: new Map(namedIn(entry(value, 'filters'))),
    location: settings.placeOf('LOGGING'),
  };
}

/** `LOGGING_CONFIG = None` is how a project says that it does so by itself. */
function callsItself(program: Program, settings: DjangoSettings): boolean {
  return /\bdictConfig\(\s*LOGGING\b/.test(program.inventory.read(settings.path) ?? '');
}

function namedIn(value: Value | undefined): [string, Value][] {
  if (value?.kind !== 'dict') return [];
  return [...value.entries.values()].flatMap(({ key, value: one }): [string, Value][] => {
    const name = text(key);
    return name === undefined ? [] : [[name, one]];
  });
}

function loggerOf(name: string, value: Value): Logger {
  const levelValue = entry(value, 'level');
  const level = levelValue === undefined ? undefined : levelOf(levelValue);
  const propagate = entry(value, 'propagate');
  const handlers = entry(value, 'handlers');
  return {
    name,
    ...(level === undefined || level === NOTSET ? {} : { level }),
    ...(levelValue === undefined ? {} : { levelValue }),
    handlers: handlers === undefined ? [] : namesOf(handlers),
    propagates: !(propagate?.kind === 'bool' && !propagate.value),
  };
}

function namesOf(value: Value): readonly string[] | undefined {
  const names = items(value)?.map((item) => text(item));
  return names === undefined || names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

/** `"DEBUG"`, `10`, `logging.DEBUG`. */
export function levelOf(value: Value): Maybe<number> {
  const reason = reasonFor(value, 'the level');
  const possible = alternatives(value);
  if (possible === undefined) return unknown(reason);
  return combine(
    possible.map((one) => {
      if (one.kind === 'none') return NOTSET;
      if (one.kind === 'int') return Number(one.value);
      const word = one.kind === 'external' ? one.name.replace(/^logging\./, '') : text(one);
      const level = word === undefined ? undefined : LEVELS[word.toUpperCase()];
      return level ?? unknown<number>(reason);
    }),
    reason,
  );
}

/** The level that counts for a logger: its own, else that of the nearest one above it; the root's is WARNING where nothing is set. */
export function levelInForce(configuration: LogConfiguration, name: string): Maybe<number> {
  for (const one of lineOf(name)) {
    const level = configuration.loggers.get(one)?.level;
    if (level !== undefined) return level;
    // Django configures its own logger before it reads LOGGING, which leaves alone what it does not name.
    if (one === 'django' && !configuration.loggers.has(one)) return INFO;
  }
  return WARNING;
}

/** The handlers that messages of a logger come to: its own, and those of the loggers above it as far as it hands them on. */
export function handlersInForce(configuration: LogConfiguration, name: string): Maybe<readonly string[]> {
  const found: string[] = [];
  for (const one of lineOf(name)) {
    const logger = configuration.loggers.get(one);
    if (logger === undefined) continue;
    if (logger.handlers === undefined) return unknown(`which handlers "${one}" has is not known`);
    found.push(...logger.handlers);
    if (!logger.propagates) break;
  }
  return found;
}

/** Names of more parts are nobody's modules. */
const LONGEST = 40;

/** `a.b.c`, `a.b`, `a` and the root. */
function lineOf(name: string): readonly string[] {
  if (name === '') return [''];
  const parts = name.split('.');
  if (parts.length > LONGEST) return [name, ''];
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('.')), ''];
}

export function isVerbose(level: Maybe<number>): Maybe<boolean> {
  if (!isUnknown(level)) return level <= DEBUG;
  return level.candidates === undefined
    ? unknown(level.unknown, [true, false])
    : combine(
        level.candidates.map((one) => one <= DEBUG),
        level.unknown,
      );
}
