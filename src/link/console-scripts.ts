import { parse } from 'smol-toml';
import type { Inventory } from '../discover/inventory.js';
import { joinPath } from '../repository-path.js';

/** What a command that a package installs calls: `shop = "shop.main:run"`. */
export interface ConsoleScript {
  readonly module: string;
  readonly name: string;
}

/** A longer manifest is not read for this. */
const LONGEST = 200_000;

/**
 * The function behind a command that the packages of a folder, or of the root, install: `[project.scripts]`, Poetry's, and
 * `console_scripts` of setuptools. https://packaging.python.org/en/latest/specifications/entry-points/
 */
export function consoleScript(inventory: Inventory, directory: string, command: string): ConsoleScript | undefined {
  if (!/^[\w.-]{1,100}$/.test(command)) return undefined;
  for (const folder of new Set([directory, ''])) {
    const read = (name: string): string => (inventory.read(joinPath(folder, name)) ?? '').slice(0, LONGEST);
    const told = fromToml(read('pyproject.toml'), command) ?? fromLine(read('setup.cfg') + read('setup.py'), command);
    const [, module, name] = /^\s*([A-Za-z_][\w.]{0,200}):([A-Za-z_]\w{0,100})\s*(?:\[|$)/.exec(told ?? '') ?? [];
    if (module !== undefined && name !== undefined) return { module, name };
  }
  return undefined;
}

function fromToml(text: string, command: string): string | undefined {
  if (!text.includes('scripts')) return undefined;
  try {
    const all = parse(text);
    for (const path of [
      ['project', 'scripts'],
      ['tool', 'poetry', 'scripts'],
    ]) {
      const table = path.reduce<unknown>(memberOf, all);
      const told = memberOf(table, command);
      if (typeof told === 'string') return told;
    }
  } catch {
    // What cannot be read installs nothing that we know of.
  }
  return undefined;
}

function memberOf(table: unknown, key: string): unknown {
  return typeof table === 'object' && table !== null && Object.hasOwn(table, key)
    ? (table as Record<string, unknown>)[key]
    : undefined;
}

/** `shop = shop.main:run`, on a line of setup.cfg or quoted in setup.py. */
function fromLine(text: string, command: string): string | undefined {
  if (!text.includes('console_scripts')) return undefined;
  for (const [, name, told] of text.matchAll(/(?:^[ \t]*|['"])([\w.-]{1,100})[ \t]*=[ \t]*([\w.]{1,200}:\w{1,100})/gm))
    if (name === command) return told;
  return undefined;
}
