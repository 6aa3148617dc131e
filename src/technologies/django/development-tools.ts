import type { DjangoSettings } from './settings.js';

/** A middleware that is made for developers, and what it does where DEBUG is off, as its code says. */
export interface DevelopmentTool {
  readonly name: string;
  readonly effect: 'works' | 'answers' | 'sleeps';
  readonly reason: string;
  /** Settings by which a project chooses for which requests it works. */
  readonly chosenBy?: readonly string[];
}

const SLEEPS = 'it does nothing while DEBUG is off, and everything as soon as somebody switches that on';

/**
 * silk/middleware.py, nplusone/ext/django/middleware.py, pyinstrument/middleware.py, debug_toolbar/middleware.py,
 * querycount/middleware.py, django_cprofile_middleware/middleware.py, django_browser_reload/middleware.py and livereload/middleware.py.
 */
const TOOLS: ReadonlyMap<string, DevelopmentTool> = new Map<string, DevelopmentTool>([
  [
    'silk.middleware.SilkyMiddleware',
    {
      name: 'Silk',
      effect: 'works',
      reason: 'it stores each request, its headers and its queries in the database before the response leaves',
      chosenBy: ['SILKY_INTERCEPT_PERCENT', 'SILKY_INTERCEPT_FUNC'],
    },
  ],
  [
    'nplusone.ext.django.NPlusOneMiddleware',
    { name: 'nplusone', effect: 'works', reason: 'it listens to every object that a query loads' },
  ],
  [
    'nplusone.ext.django.middleware.NPlusOneMiddleware',
    { name: 'nplusone', effect: 'works', reason: 'it listens to every object that a query loads' },
  ],
  [
    'pyinstrument.middleware.ProfilerMiddleware',
    {
      name: 'pyinstrument',
      effect: 'answers',
      reason: 'anybody who adds "?profile" to an address has the request profiled and is shown the code',
      chosenBy: ['PYINSTRUMENT_SHOW_CALLBACK'],
    },
  ],
  [
    'debug_toolbar.middleware.DebugToolbarMiddleware',
    { name: 'Django Debug Toolbar', effect: 'sleeps', reason: SLEEPS, chosenBy: ['DEBUG_TOOLBAR_CONFIG'] },
  ],
  ['querycount.middleware.QueryCountMiddleware', { name: 'django-querycount', effect: 'sleeps', reason: SLEEPS }],
  [
    'django_cprofile_middleware.middleware.ProfilerMiddleware',
    {
      name: 'django-cprofile-middleware',
      effect: 'sleeps',
      reason: 'it does nothing until DEBUG is on or, in its later versions, a member of the staff asks for it',
    },
  ],
  [
    'django_browser_reload.middleware.BrowserReloadMiddleware',
    { name: 'django-browser-reload', effect: 'sleeps', reason: SLEEPS },
  ],
  ['livereload.middleware.LiveReloadScript', { name: 'django-livereload-server', effect: 'sleeps', reason: SLEEPS }],
]);

export function developmentToolOf(middleware: string): DevelopmentTool | undefined {
  return TOOLS.get(middleware);
}

/** The setting by which the project chooses for which requests a tool works; DEBUG_TOOLBAR_CONFIG has many keys, one of which does. */
export function choiceOf(settings: DjangoSettings, { chosenBy = [] }: DevelopmentTool): string | undefined {
  return chosenBy.find((name) => {
    const value = settings.get(name);
    if (value === undefined) return false;
    return name !== 'DEBUG_TOOLBAR_CONFIG' || value.kind !== 'dict' || value.entries.has('sSHOW_TOOLBAR_CALLBACK');
  });
}
