import type { Program } from '../../link/program.js';
import { items, text } from '../../link/value.js';
import { settingsOf } from './settings.js';
import { habitsOf, type AppHabits } from './third-party-apps.js';

export interface InstalledApp {
  /** As INSTALLED_APPS spells it, without the configuration class. */
  readonly name: string;
  /** Whether its code is in the repository. */
  readonly own: boolean;
  /** What is known of an app that is not; undefined where nothing is. */
  readonly habits: AppHabits | undefined;
}

/** INSTALLED_APPS; undefined where the list or a part of it is not known. */
export function appsOf(program: Program): readonly InstalledApp[] | undefined {
  return program.memo('django:apps', () => {
    const entries = items(settingsOf(program)?.get('INSTALLED_APPS'));
    if (entries === undefined) return undefined;
    const apps: InstalledApp[] = [];
    for (const entry of entries) {
      const dotted = text(entry);
      if (dotted === undefined) return undefined;
      const name = dotted.replace(/\.apps\.\w+$/, '');
      apps.push({ name, own: isOwn(program, name), habits: habitsOf(name) });
    }
    return apps;
  });
}

export function isInstalled(program: Program, name: string): boolean | undefined {
  return appsOf(program)?.some((app) => app.name === name || app.name.startsWith(`${name}.`));
}

function isOwn(program: Program, name: string): boolean {
  if (program.python.resolve(name) !== undefined) return true;
  // A folder without __init__.py is a package as well.
  const path = `/${name.replaceAll('.', '/')}/`;
  return program.inventory.files.some((file) => `/${file.path}`.includes(path) && file.path.endsWith('.py'));
}
