import { items } from '../../link/value.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { DjangoSettings } from './settings.js';
import { sourcesOf, templatesOf } from './sources.js';

/** Whether a word stands anywhere in the code or the templates of the project, but in one place: comments count, they only cost a proof. */
export function mentionedBeside(program: Program, word: string, { module, node }: PythonPlace): boolean {
  if (!/^\w{1,80}$/.test(word)) return true;
  const pattern = new RegExp(`\\b${word}\\b`);
  return [...sourcesOf(program), ...templatesOf(program)].some((path) => {
    const text = program.inventory.read(path) ?? '';
    if (path !== module.path) return pattern.test(text);
    return pattern.test(text.slice(0, node.start)) || pattern.test(text.slice(node.end));
  });
}

/** The first file of the project, its settings aside, in which something like that stands. */
export function mentioning(program: Program, settings: DjangoSettings, pattern: RegExp): string | undefined {
  const aside = settingsFiles(program, settings);
  return [...sourcesOf(program), ...templatesOf(program)].find((path) => {
    if (aside.has(path) || /(?:^|\/)settings(?:\/.+)?\.py$/.test(path)) return false;
    return pattern.test(program.inventory.read(path) ?? '');
  });
}

/** Whether the files that list apps and middlewares write a setting, if only in a branch that is not taken. */
export function writesSetting(program: Program, settings: DjangoSettings, name: string): boolean {
  const pattern = new RegExp(`^[ \\t]*${name}\\b`, 'm');
  return [...settingsFiles(program, settings)].some((path) => pattern.test(program.inventory.read(path) ?? ''));
}

/** Where apps and middlewares are listed, each is mentioned. */
function settingsFiles(program: Program, settings: DjangoSettings): ReadonlySet<string> {
  return program.memo('django:settings-files', () => {
    const lists = ['INSTALLED_APPS', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES'].flatMap((name) => settings.get(name) ?? []);
    const values = lists.flatMap((list) => [list, ...(items(list) ?? [])]);
    return new Set([settings.path, ...values.flatMap(({ origin }) => origin.locations.map(({ uri }) => uri))]);
  });
}
