import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Section, Setting, Settings } from '../../parse/ini/settings.js';
import { containerFile } from '../container-file.js';
import { byOption, byVariable, countOf, option, type Decision, type Started } from '../started.js';

/** What uWSGI is told on its command line, in its file and in its environment. */
export interface Options {
  number(names: readonly string[]): Decision | undefined;
  /** All that these are set to, in the file and beside it. */
  texts(names: readonly string[]): readonly Text[];
  /** Why there may be more of them than can be seen. */
  readonly unread: string | undefined;
}

export interface Text {
  readonly value: string;
  readonly location: Location;
}

export function optionsOf(start: Started, program: Program): Options {
  const named = fileNamed(start.args);
  const file = named === undefined ? undefined : read(named, start, program);
  return {
    unread: file?.unread,
    number(names) {
      const flags = names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
      const told = byOption(start, flags);
      if (told !== undefined) return told;
      const written = file?.number(names);
      if (written !== undefined) return written;
      for (const name of names) {
        const set = byVariable(start, variableFor(name));
        if (set !== undefined) return set;
      }
      return undefined;
    },
    texts(names) {
      const onLine = start.args.flatMap((word, at): Text[] => {
        const [, name = '', value] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
        return names.includes(name) ? [{ value: value ?? start.args[at + 1] ?? '', location: start.placeOf(at) }] : [];
      });
      const inVariables = names.flatMap((name): Text[] => {
        const variable = start.variable(variableFor(name));
        return variable === undefined || isUnknown(variable.value) || variable.value === ''
          ? []
          : [{ value: variable.value, location: variable.location ?? start.location }];
      });
      return [...onLine, ...(file?.texts(names) ?? []), ...inVariables];
    },
  };
}

function variableFor(name: string): string {
  return `UWSGI_${name.toUpperCase().replaceAll('-', '_')}`;
}

const FORMATS = ['ini', 'yaml', 'yml', 'json', 'xml'];

/** `--ini uwsgi.ini`, or the file alone; a section can follow behind a colon. */
function fileNamed(args: readonly string[]): string | undefined {
  return (
    option(args, [...FORMATS.map((format) => `--${format}`), '--config']) ??
    args.find(
      (word, i) => /^[^-].*\.(?:ini|ya?ml|json|xml)(?::\w+)?$/.test(word) && !(args[i - 1] ?? '').startsWith('--'),
    )
  );
}

interface File {
  number(names: readonly string[]): Decision | undefined;
  texts(names: readonly string[]): readonly Text[];
  readonly unread: string | undefined;
}

function read(named: string, start: Started, program: Program): File {
  const [path = '', sectionName = 'uwsgi'] = named.split(/:(?=\w+$)/);
  const repositoryPath = path.endsWith('.ini') ? containerFile(program, path) : undefined;
  const document = repositoryPath === undefined ? undefined : program.documents.get<Settings>(repositoryPath, 'ini');
  if (document === undefined)
    return {
      number: (names) => ({ ...open(named, names), location: start.location }),
      texts: () => [],
      unread: `${named} cannot be read`,
    };
  const settings = document.tree.sections
    .filter(({ name }) => name === sectionName)
    .flatMap((section) => inForce(section, start));
  return {
    number(names) {
      const setting = settings.filter(({ key }) => names.includes(key)).at(-1);
      return setting === undefined ? undefined : decisionOf(setting, document, start);
    },
    texts: (names) =>
      settings
        .filter(({ key }) => names.includes(key))
        .map((setting) => ({ value: setting.value, location: placeOf(setting, document) })),
    unread: undefined,
  };
}

function open(named: string, names: readonly string[]): Omit<Decision, 'location'> {
  return { value: unknown(`${named} cannot be read`), explicit: true, setting: names[0] ?? '' };
}

function decisionOf(setting: Setting, document: Document, start: Started): Decision {
  return {
    ...{ value: valueOf(setting.value, start), explicit: true, setting: setting.key },
    location: placeOf(setting, document),
  };
}

function placeOf(setting: Setting, document: Document): Location {
  return locate(document, { start: setting.keyRange.start, end: setting.valueRange.end });
}

/** `$(NAME)` is a variable of the environment, `%k` the number of cores. */
function valueOf(text: string, start: Started): Maybe<number> {
  const name = /^\$\((\w+)\)$/.exec(text)?.[1];
  if (name === undefined) return countOf(text);
  const variable = start.variable(name)?.value;
  if (variable === undefined) return unknown(`read from the environment variable ${name}, which nothing sets`);
  return isUnknown(variable) ? unknown(variable.unknown) : countOf(variable);
}

/** The lines that count: `if-env` and `if-not-env` ask for variables; other conditions are taken to hold. */
function inForce(section: Section, start: Started): Setting[] {
  const settings: Setting[] = [];
  let counts = true;
  for (const setting of section.settings) {
    if (setting.key === 'endif') counts = true;
    else if (setting.key === 'if-env') counts = start.variable(setting.value) !== undefined;
    else if (setting.key === 'if-not-env') counts = start.variable(setting.value) === undefined;
    else if (counts) settings.push(setting);
  }
  return settings;
}
