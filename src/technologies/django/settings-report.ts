import { groupBy } from '../../group-by.js';
import type { Program } from '../../link/program.js';
import type { SettingsReport } from '../settings-report.js';
import { printableSettings } from './printable-settings.js';
import { settingsModules } from './settings.js';

const SERVERS =
  /(?:^|\/)(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|waitress-serve|mod_wsgi-express|apache2(?:ctl)?|httpd|runserver)$/;

/**
 * Each module once: components that run the same code with the same environment see the same settings. Where they have
 * different ones, that of the component which answers requests counts, and not that of a job beside it; where nothing
 * tells which one that is, the one that is told most.
 */
export const settings: SettingsReport = (programs) => {
  const ordered = [...programs.values()].sort((a, b) => compare(rank(b), rank(a)));
  const modules = ordered.flatMap((program) => printableSettings(settingsModules(program)).modules);
  return [...groupBy(modules, (one) => one.module).values()].map(([first]) => first);
};

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function rank({ launch }: Program): number {
  const serves = launch.commands.some(({ words }) => words.some((word) => SERVERS.test(word)));
  return serves ? Infinity : launch.environment.size;
}
