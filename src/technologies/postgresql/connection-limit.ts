import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, startOf, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Setting, Settings } from '../../parse/ini/settings.js';
import { deploys } from '../deploys.js';
import { countOf, started } from '../started.js';
import { runningOf } from '../running.js';
import { hasFile, settingsOf } from './command-line.js';
import { technology } from './index.js';

/** https://www.postgresql.org/docs/current/runtime-config-connection.html */
const PRODUCT = { max_connections: 100, superuser_reserved_connections: 3, reserved_connections: 0 } as const;
type Name = keyof typeof PRODUCT;

export function* fromDocument(document: Document): Iterable<Stated> {
  if (!deploys(document.path)) return;
  const { sections } = (document as Document<Settings>).tree;
  const settings = sections.flatMap((section) => section.settings);
  const find = (name: Name): Setting | undefined => settings.findLast(({ key }) => key.toLowerCase() === name);
  const limit = find('max_connections');
  // A file of a few settings is included by another, which may have the rest.
  if (limit === undefined && !settings.some(({ key }) => key === 'listen_addresses')) return;
  const number = (name: Name): Maybe<number> | undefined => {
    const setting = find(name);
    return setting === undefined ? undefined : numberOf(setting.value);
  };
  const place = limit ?? settings[0];
  const location =
    place === undefined
      ? startOf(document.path)
      : locate(document, { start: place.keyRange.start, end: place.valueRange.start + bare(place.value).length });
  yield fact(number, limit !== undefined, 'max_connections', location);
}

export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  const { location } = launch;
  if (location === undefined || runningOf([technology], launch).length === 0) return;
  const [start] = started(program, /^(?:postgres|postmaster|docker-entrypoint\.sh)$/);
  // Without a program of its own a command is the options of the image's: `command: -c max_connections=200`.
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const told = settingsOf(words);
  const variable = launch.environment.get('POSTGRESQL_MAX_CONNECTIONS');
  const number = (name: Name): Maybe<number> | undefined => {
    const text = told.get(name);
    return text === undefined ? undefined : numberOf(text);
  };
  if (told.has('max_connections')) {
    yield fact(number, true, 'max_connections', placeOf(words, launch.commands));
  } else if (variable !== undefined) {
    const value = isUnknown(variable.value) ? unknown<number>(variable.value.unknown) : countOf(variable.value);
    const both = (name: Name): Maybe<number> | undefined => (name === 'max_connections' ? value : number(name));
    yield fact(both, true, 'POSTGRESQL_MAX_CONNECTIONS', variable.location ?? location);
  } else if (!hasFile(program, told)) {
    yield fact(number, false, 'max_connections', location);
  }
}

function fact(
  number: (name: Name) => Maybe<number> | undefined,
  explicit: boolean,
  setting: string,
  location: Location,
): Stated {
  const value = (name: Name): Maybe<number> => number(name) ?? PRODUCT[name];
  const superusers = value('superuser_reserved_connections');
  const others = value('reserved_connections');
  const reserved = isUnknown(superusers) ? superusers : isUnknown(others) ? others : superusers + others;
  return state(connectionLimit, location, {
    ...{ side: 'server', clients: value('max_connections'), reserved, explicit, setting },
  });
}

/** Where the words of a command line name the limit. */
function placeOf(words: readonly string[], commands: Program['launch']['commands']): Location {
  const word = words.findLast((one, i) => /max[_-]connections/.test(one) || words[i - 1] === '-N');
  for (const command of commands) {
    const at = command.words.lastIndexOf(word ?? '');
    if (at >= 0) return command.places?.[at] ?? command.location;
  }
  return commands[0]?.location ?? startOf('');
}

/** A value of postgresql.conf: in single quotes or bare, a comment may follow. */
function bare(value: string): string {
  return /^(?:'[^']*'|[^#\s]*)/.exec(value)?.[0] ?? '';
}

function numberOf(value: string): Maybe<number> {
  return countOf(bare(value).replaceAll("'", ''));
}
