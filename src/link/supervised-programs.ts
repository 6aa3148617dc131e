import picomatch from 'picomatch';
import type { Inventory } from '../discover/inventory.js';
import type { Location } from '../location.js';
import { locate, type Document, type Documents } from '../parse/document.js';
import type { Section, Settings } from '../parse/ini/settings.js';
import type { Lookup } from '../parse/shell/parameter.js';
import { program } from '../parse/shell/program.js';
import { words as split } from '../parse/shell/words.js';
import { folderOf, isInside, joinPath } from '../repository-path.js';
import { repositoryPath, type Mount } from './mount.js';

/** A program that a supervisor starts beside others. */
export interface SupervisedProgram {
  /** The variables that the supervisor sets stand before it, as on a line of a shell. */
  readonly words: readonly string[];
  readonly location: Location;
}

interface Sources {
  readonly inventory: Inventory;
  readonly documents: Documents;
  readonly mounts: readonly Mount[];
  readonly lookup: Lookup;
  /** Where relative paths begin, in the repository. */
  readonly directory: string;
}

/** Where it looks when no file is named (http://supervisord.org/configuration.html#configuration-file). */
const HOMES = ['/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];
/** What the main file of Debian's package includes, which is in no repository. */
const PARTS = '/etc/supervisor/conf.d';

/** What `supervisord` starts, all of it side by side; undefined where something else is called, or nothing of its configuration is here. */
export function supervisedPrograms(words: readonly string[], sources: Sources): SupervisedProgram[] | undefined {
  const { name, args } = program(words);
  if (name !== 'supervisord') return undefined;
  const documents = configuration(args, sources);
  if (documents.length === 0) return undefined;
  return documents.flatMap((document) =>
    document.tree.sections
      .filter((section) => section.name.startsWith('program:'))
      .flatMap((section) => startedBy(section, document, sources.lookup) ?? []),
  );
}

/** The main file, and what it includes. */
function configuration(args: readonly string[], sources: Sources): Document<Settings>[] {
  const named = namedFile(args);
  const main = (named === undefined ? HOMES : [named])
    .map((path) => fileOf(path, sources))
    .find((path) => path !== undefined);
  const found = main === undefined ? filesIn(PARTS, '*.conf', sources) : [main];
  const documents = found.flatMap((path) => sources.documents.get<Settings>(path, 'ini') ?? []);
  const included = documents.flatMap((document) =>
    document.tree.sections
      .filter(({ name }) => name === 'include')
      .flatMap((section) => (valueOf(section, 'files', document) ?? '').split(/\s+/))
      .filter((pattern) => pattern !== '')
      .flatMap((pattern) => includedFiles(pattern, document.path, sources)),
  );
  const more = included.filter((path) => !found.includes(path));
  return [...documents, ...more.flatMap((path) => sources.documents.get<Settings>(path, 'ini') ?? [])];
}

function namedFile(args: readonly string[]): string | undefined {
  for (const [i, word] of args.entries()) {
    if (word === '-c' || word === '--configuration') return args[i + 1];
    const told = /^(?:-c|--configuration=)(.+)$/.exec(word)?.[1];
    if (told !== undefined) return told;
  }
  return undefined;
}

function fileOf(path: string, { inventory, mounts, directory }: Sources): string | undefined {
  const candidates = [repositoryPath(mounts, path), path.startsWith('/') ? undefined : joinPath(directory, path)];
  return candidates.find((one) => one !== undefined && inventory.has(one));
}

function includedFiles(pattern: string, from: string, sources: Sources): string[] {
  const plain = pattern.replace(/^%\(here\)s\/?/, '');
  if (plain.startsWith('/'))
    return filesIn(plain.slice(0, plain.lastIndexOf('/')), plain.slice(plain.lastIndexOf('/') + 1), sources);
  const matches = picomatch(joinPath(folderOf(from), plain), { noextglob: true, nobrace: true });
  return sources.inventory.files.map(({ path }) => path).filter((path) => matches(path));
}

/** The files of the repository that a folder of the container holds, copied one by one or all together. */
function filesIn(folder: string, pattern: string, { inventory, mounts }: Sources): string[] {
  const matches = picomatch(pattern, { noextglob: true, nobrace: true });
  return mounts.flatMap(({ containerPath, path }) => {
    const target = containerPath.replace(/\/+$/, '');
    if (inventory.has(path)) {
      const name = target === folder ? path.replace(/^.*\//, '') : target.replace(/^.*\//, '');
      return (target === folder || folderOf(target) === folder) && matches(name) ? [path] : [];
    }
    if (!isInside(folder, target)) return [];
    const source = joinPath(path, folder.slice(target.length));
    return inventory.files
      .map((file) => file.path)
      .filter((file) => folderOf(file) === source && matches(file.replace(/^.*\//, '')));
  });
}

function startedBy(section: Section, document: Document<Settings>, lookup: Lookup): SupervisedProgram | undefined {
  const setting = section.settings.find(({ key }) => key === 'command');
  const command = valueOf(section, 'command', document);
  if (setting === undefined || command === undefined) return undefined;
  if (/^(?:false|no|off|0)$/i.test(valueOf(section, 'autostart', document) ?? '')) return undefined;
  const expanded = command.replace(/%\(ENV_(\w+)\)s/g, (written, name: string) => lookup(name) ?? written);
  const words = [...variables(valueOf(section, 'environment', document) ?? ''), ...split(expanded)];
  return { words, location: locate(document, setting.valueRange) };
}

/** `A="1",B=2` */
function variables(written: string): string[] {
  return [...written.matchAll(/([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^,\s]*))/g)].map(
    ([, name = '', quoted, single, bare]) => `${name}=${quoted ?? single ?? bare ?? ''}`,
  );
}

/** A value goes on in indented lines; a semicolon behind a blank begins a comment. */
function valueOf(section: Section, key: string, { text }: Document<Settings>): string | undefined {
  const setting = section.settings.find((one) => one.key === key);
  if (setting === undefined) return undefined;
  const rest = text
    .slice(setting.valueRange.end, setting.valueRange.end + 4_000)
    .split('\n')
    .slice(1);
  const end = rest.findIndex((line) => !/^[ \t]+\S/.test(line));
  const lines = [setting.value, ...rest.slice(0, end < 0 ? rest.length : end)];
  return lines
    .map((line) => line.replace(/(?:^|\s);.*$/, '').trim())
    .join(' ')
    .trim();
}
