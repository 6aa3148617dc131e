import type { Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { settingOf } from './default-settings.js';
import { commonTexts, possibleTexts } from './setting-texts.js';
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

/** INSTALLED_APPS, those of all branches together; undefined where the list or a part of it is not known. */
export function appsOf(program: Program): readonly InstalledApp[] | undefined {
  return program.memo('django:apps', () => {
    const names = possibleTexts(installed(program));
    return names === undefined ? undefined : described(program, names);
  });
}

/** The apps that are surely installed, whatever else is. */
export function sureAppsOf(program: Program): readonly InstalledApp[] {
  return program.memo('django:sure-apps', () => described(program, commonTexts(installed(program))));
}

function installed(program: Program): Value | undefined {
  const settings = settingsOf(program);
  return settings === undefined ? undefined : settingOf(settings, 'INSTALLED_APPS');
}

function described(program: Program, names: readonly string[]): readonly InstalledApp[] {
  const apps = new Set(names.map((name) => name.replace(/\.apps\.\w+$/, '')));
  return [...apps].map((name) => ({ name, own: isOwn(program, name), habits: habitsOf(name) }));
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
