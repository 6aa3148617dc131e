import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Section, Setting, Settings } from '../../parse/ini/settings.js';
import { containerFile } from '../container-file.js';
import { byOption, byVariable, countOf, option, type Decision, type Started } from '../started.js';

/** What uWSGI is told on its command line, in its file and in its environment. */
export interface Options {
  number(names: readonly string[]): Decision | undefined;
}

export function optionsOf(start: Started, program: Program): Options {
  const named = fileNamed(start.args);
  const file = named === undefined ? undefined : read(named, start, program);
  return {
    number(names) {
      const flags = names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
      const told = byOption(start, flags);
      if (told !== undefined) return told;
      const written = file?.(names);
      if (written !== undefined) return written;
      for (const name of names) {
        const set = byVariable(start, `UWSGI_${name.toUpperCase().replaceAll('-', '_')}`);
        if (set !== undefined) return set;
      }
      return undefined;
    },
  };
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

function read(named: string, start: Started, program: Program): (names: readonly string[]) => Decision | undefined {
  const [path = '', sectionName = 'uwsgi'] = named.split(/:(?=\w+$)/);
  const repositoryPath = path.endsWith('.ini') ? containerFile(program, path) : undefined;
  const document = repositoryPath === undefined ? undefined : program.documents.get<Settings>(repositoryPath, 'ini');
  if (document === undefined) {
    return (names) => ({ ...open(named, names), location: start.location });
  }
  const sections = document.tree.sections.filter(({ name }) => name === sectionName);
  return (names) => {
    const setting = sections
      .flatMap((section) => inForce(section, start))
      .filter(({ key }) => names.includes(key))
      .at(-1);
    return setting === undefined ? undefined : decisionOf(setting, document, start);
  };
}

function open(named: string, names: readonly string[]): Omit<Decision, 'location'> {
  return { value: unknown(`${named} cannot be read`), explicit: true, setting: names[0] ?? '' };
}

function decisionOf(setting: Setting, document: Document, start: Started): Decision {
  const location: Location = locate(document, { start: setting.keyRange.start, end: setting.valueRange.end });
  return { value: valueOf(setting.value, start), explicit: true, setting: setting.key, location };
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
