import type { Program } from '../../link/program.js';
import { ASIDE } from '../../link/python-code/aside.js';
import type { Document } from '../../parse/document.js';
import type { Module } from '../../parse/python/ast.js';
import { itemTexts } from './setting-texts.js';
import { settingsOf } from './settings.js';

/** Paths of the Python files of the program that production can run, settings modules included. */
export function sourcesOf(program: Program): readonly string[] {
  return program.memo('django:sources', () => filesUnder(program, (path) => path.endsWith('.py')));
}

/** Paths of what could be its templates. */
export function templatesOf(program: Program): readonly string[] {
  return program.memo('django:templates', () =>
    filesUnder(program, (path) => /\.(html?|txt|xml|jinja2?|j2|djhtml)$/.test(path)),
  );
}

/** The documents among the program's sources whose text matches; nothing else is parsed. */
export function documentsWith(program: Program, pattern: RegExp): readonly Document<Module>[] {
  const found: Document<Module>[] = [];
  for (const path of sourcesOf(program)) {
    const text = program.inventory.read(path);
    if (text === undefined || !pattern.test(text)) continue;
    const document = program.documents.get<Module>(path, 'python');
    if (document !== undefined) found.push(document);
  }
  return found;
}

function filesUnder(program: Program, wanted: (path: string) => boolean): readonly string[] {
  const folders = foldersOf(program);
  return program.inventory.files
    .map((file) => file.path)
    .filter((path) => wanted(path) && !ASIDE.test(path) && folders.some((folder) => path.startsWith(folder)));
}

/** The folder of the component, and those of its apps that stand elsewhere in the repository. */
function foldersOf(program: Program): readonly string[] {
  const { directory } = program.launch;
  const folders = new Set([directory === '' ? '' : `${directory}/`]);
  const settings = settingsOf(program);
  if (settings === undefined) return [...folders];
  const apps = itemTexts(settings.get('INSTALLED_APPS')) ?? [];
  for (const app of apps) {
    const path = program.python.resolve(app) ?? program.python.resolve(app.slice(0, app.indexOf('.')));
    if (path !== undefined) folders.add(folderOf(path));
  }
  folders.add(folderOf(settings.path));
  return [...folders];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
