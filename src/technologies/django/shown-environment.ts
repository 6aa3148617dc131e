import type { EnvironmentVariable, Program } from '../../link/program.js';
import { isUnknown, startOf } from '../../location.js';
import { language } from '../../parse/dotenv/index.js';
import { folderOf } from '../../repository-path.js';

/** What tells a file to copy from the file that is made of it. */
const SHOWS = /[._-]?(?:example|sample|template|dist|defaults?|tmpl|tpl)/i;

/**
 * Where a deployment takes over environment files that people make for themselves of one beside it: what that shows.
 * An empty value is to be filled in, and says nothing. Undefined where a file has no such companion, or several.
 */
export function shownEnvironment(program: Program): ReadonlyMap<string, EnvironmentVariable> | undefined {
  const { openFiles, environment } = program.launch;
  if (openFiles === undefined) return undefined;
  const shown = new Map<string, EnvironmentVariable>();
  for (const file of openFiles) {
    const companions = program.inventory.files.filter(({ path }) => isCompanion(path, file));
    const [companion] = companions;
    if (companion === undefined || companions.length > 1) return undefined;
    const text = program.inventory.read(companion.path);
    if (text === undefined) return undefined;
    for (const { name, value } of language.parse(text, companion.path).tree.entries) {
      const given = environment.get(name);
      if (value.trim() === '' || value.includes('$') || (given !== undefined && !isUnknown(given.value))) continue;
      shown.set(name, { value, location: startOf(companion.path) });
    }
  }
  return shown;
}

function isCompanion(path: string, file: string): boolean {
  if (folderOf(path) !== folderOf(file) || path === file || !SHOWS.test(nameOf(path))) return false;
  return bare(nameOf(path).replace(SHOWS, '')) === bare(nameOf(file));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `env.example` and `.env.example` are both made into `.env`. */
function bare(name: string): string {
  return name.replace(/^\./, '').toLowerCase();
}
