import { lineStarts, positionAt, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import type { DjangoSettings } from './settings.js';

/** `from .local import *` below `try` or `if`, and `exec(open("local_settings.py").read())`. */
const STAR = /^[ \t]+from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*\(?[ \t]*\*/gm;
const EXECUTED = /\bexec(?:file)?\(/;
const FILE = /['"]((?:[\w-]+\/)*\w*local\w*\.py)['"]/g;
const LOCAL = /local|private|secret|override|custom/i;

interface Hook {
  readonly name: string;
  readonly location: Location;
}

/**
 * Why a placeholder for developers (debugging on, a database in a file) may not be what runs: the settings end with
 * code of a file that each installation has for itself. Undefined where there is no such file, or the value is set after it.
 */
export function replacedLocally(program: Program, settings: DjangoSettings, place: Location): string | undefined {
  const hook = hooksOf(program, settings).find(
    ({ location: { uri, region } }) => uri !== place.uri || region.startLine > place.region.startLine,
  );
  if (hook === undefined) return undefined;
  const { uri, region } = hook.location;
  return `${hook.name}, which ${uri}:${region.startLine} reads and the repository does not hold, may set it`;
}

function hooksOf(program: Program, settings: DjangoSettings): readonly Hook[] {
  return program.memo(`django:local-settings:${settings.module}`, () => {
    const paths = new Set([settings.path]);
    for (const { origin } of settings.names.values()) {
      const uri = origin.locations[0]?.uri;
      if (uri?.endsWith('.py') === true) paths.add(uri);
    }
    return [...paths].flatMap((path) => hooksIn(program, path));
  });
}

function hooksIn(program: Program, path: string): readonly Hook[] {
  const text = program.inventory.read(path);
  if (text === undefined) return [];
  const found: Hook[] = [];
  const add = (name: string, offset: number): void => {
    const { line } = positionAt(lineStarts(text), offset);
    const region = { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
    found.push({ name, location: { uri: path, region } });
  };
  for (const match of text.matchAll(STAR)) {
    const [whole, module = ''] = match;
    if (isMissing(program, path, module))
      add(`${module.replace(/^\.+/, '').split('.').join('/')}.py`, match.index + whole.search(/\S/));
  }
  if (!EXECUTED.test(text)) return found;
  for (const match of text.matchAll(FILE)) {
    const file = match[1] ?? '';
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (!program.inventory.has(`${folderOf(path)}${name}`) && !program.inventory.has(file)) add(name, match.index);
  }
  return found;
}

/** A module of the project that is not there; any other module that is not there is a library. */
function isMissing(program: Program, path: string, module: string): boolean {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(dots).split('.');
  if (dots === 0) return LOCAL.test(parts.at(-1) ?? '') && program.python.resolve(module) === undefined;
  const folder = path.split('/').slice(0, -dots);
  const file = [...folder, ...parts].join('/');
  return module.length > dots && !program.inventory.has(`${file}.py`) && !program.inventory.has(`${file}/__init__.py`);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
