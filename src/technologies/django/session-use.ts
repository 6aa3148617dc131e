import type { Program } from '../../link/program.js';
import { items, text } from '../../link/value.js';
import { settingOf } from './default-settings.js';
import { lineageOf } from './lineage.js';
import type { DjangoSettings } from './settings.js';

const SESSION_MIDDLEWARE: ReadonlySet<string> = new Set([
  'django.contrib.sessions.middleware.SessionMiddleware',
  'user_sessions.middleware.SessionMiddleware',
  'qsessions.middleware.SessionMiddleware',
]);

/** Whether a request gets a session: through a session middleware, or a subclass of one under whatever name. */
export function hasSessions(program: Program, settings: DjangoSettings): boolean {
  const middleware =
    settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES') ?? settingOf(settings, 'MIDDLEWARE');
  const entries = items(middleware);
  if (entries === undefined) {
    // Not known: the app of the sessions says as much.
    return items(settings.get('INSTALLED_APPS'))?.some((app) => text(app) === 'django.contrib.sessions') ?? false;
  }
  return entries.some((entry) => {
    const name = text(entry);
    return name !== undefined && isSessionMiddleware(program, name);
  });
}

export function isSessionMiddleware(program: Program, name: string): boolean {
  return lineageOf(program, name, (known) => (SESSION_MIDDLEWARE.has(known) ? true : undefined)) !== undefined;
}
