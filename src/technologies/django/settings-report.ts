import { groupBy } from '../../group-by.js';
import type { SettingsReport } from '../settings-report.js';
import { printableSettings } from './printable-settings.js';
import { settingsModules } from './settings.js';

/** Each module once: components that run the same code with the same environment see the same settings. */
export const settings: SettingsReport = (programs) => {
  const modules = [...programs.values()].flatMap((program) => printableSettings(settingsModules(program)).modules);
  return [...groupBy(modules, (one) => one.module).values()].map(([first]) => first);
};
