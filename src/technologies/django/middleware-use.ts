import { unknown, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { alternatives } from '../alternatives.js';
import { isInstalled } from './apps.js';
import { settingOf } from './default-settings.js';
import { apiWithoutSessions, type SessionUse } from './session-proof.js';
import type { DjangoSettings } from './settings.js';

export interface Use {
  readonly used: Maybe<boolean>;
  /** A sentence that reads after "but" where it is not used. */
  readonly reason: string;
}

/** Apps whose tables or pages a middleware works on: without the app it does nothing, or fails. */
const NEEDED: Readonly<Record<string, string>> = {
  'django.contrib.flatpages.middleware.FlatpageFallbackMiddleware': 'django.contrib.flatpages',
  'django.contrib.redirects.middleware.RedirectFallbackMiddleware': 'django.contrib.redirects',
  'django.contrib.sites.middleware.CurrentSiteMiddleware': 'django.contrib.sites',
  'wagtail.contrib.redirects.middleware.RedirectMiddleware': 'wagtail.contrib.redirects',
  'django.contrib.messages.middleware.MessageMiddleware': 'django.contrib.messages',
};

/** Whether anything needs what a middleware provides. `false` is said only with proof. */
export function useOf(program: Program, settings: DjangoSettings, name: string): Use {
  const app = NEEDED[name];
  if (app !== undefined && isInstalled(program, app) === false)
    return { used: false, reason: `${app} is not installed` };
  switch (name) {
    case 'django.middleware.locale.LocaleMiddleware':
      return localisation(settings);
    case 'django.contrib.sites.middleware.CurrentSiteMiddleware':
      return undecided('whether a view reads request.site cannot be told');
    case 'django.contrib.sessions.middleware.SessionMiddleware':
    case 'django.contrib.auth.middleware.AuthenticationMiddleware':
    case 'django.contrib.messages.middleware.MessageMiddleware':
      return ofSessions(apiWithoutSessions(program, settings), name);
    default:
      // What does not wait for a view to use it works on every request by itself.
      return { used: true, reason: 'it works on requests by itself' };
  }
}

function undecided(reason: string): Use {
  return { used: unknown(reason, [true, false]), reason };
}

/** LocaleMiddleware activates a language, which changes nothing while translation is off. */
function localisation(settings: DjangoSettings): Use {
  const value = settingOf(settings, 'USE_I18N');
  const possible = value === undefined ? undefined : alternatives(value);
  const off = possible?.every((one) => one.kind === 'bool' && !one.value) ?? false;
  return off ? { used: false, reason: 'USE_I18N is False' } : { used: true, reason: 'USE_I18N is on' };
}

function ofSessions(use: SessionUse, name: string): Use {
  if (use.used === true) return { used: true, reason: use.reason };
  if (use.used === undefined) return undecided(use.reason);
  const what = name.endsWith('SessionMiddleware')
    ? 'a session'
    : name.endsWith('MessageMiddleware')
      ? 'messages'
      : 'the user of a session';
  return { used: false, reason: `nothing uses ${what}: ${use.reason}` };
}
