import type { Program } from '../../link/program.js';
import { items } from '../../link/value.js';
import { sureAppsOf } from './apps.js';
import { settingOf } from './default-settings.js';
import { lineageOf } from './lineage.js';
import { commonTexts } from './setting-texts.js';
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
  if (commonTexts(middleware).some((name) => isSessionMiddleware(program, name))) return true;
  // Where the list is not known the app of the sessions says as much.
  const known = items(middleware)?.every((item) => item.kind !== 'unknown') ?? false;
  return !known && sureAppsOf(program).some(({ name }) => name === 'django.contrib.sessions');
}

export function isSessionMiddleware(program: Program, name: string): boolean {
  return lineageOf(program, name, (known) => (SESSION_MIDDLEWARE.has(known) ? true : undefined)) !== undefined;
}
