import { unknown, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { items } from '../../link/value.js';
import { alternatives } from '../alternatives.js';
import { appsOf, isInstalled } from './apps.js';
import { settingOf } from './default-settings.js';
import { apiWithoutSessions, type SessionUse } from './session-proof.js';
import { idleReason } from './idle-middleware.js';
import { messageUse } from './message-use.js';
import { mentioning, writesSetting } from './mentioned.js';
import type { DjangoSettings } from './settings.js';
import { isAtLeast } from './version.js';

export interface Use {
  readonly used: Maybe<boolean>;
  /** A sentence that reads after "but" where it is not used. */
  readonly reason: string;
  /** An app that is there for it alone, as far as anybody can tell. */
  readonly app?: string;
  /** Where a request hardly notices it. */
  readonly cost?: 'little';
  /** Where it is not the list that is to be changed. */
  readonly remedy?: string;
}

/** Apps whose tables or pages a middleware works on: without the app it does nothing, or fails. */
const NEEDED: Readonly<Record<string, string>> = {
  'django.contrib.flatpages.middleware.FlatpageFallbackMiddleware': 'django.contrib.flatpages',
  'django.contrib.redirects.middleware.RedirectFallbackMiddleware': 'django.contrib.redirects',
  'django.contrib.sites.middleware.CurrentSiteMiddleware': 'django.contrib.sites',
  'wagtail.contrib.redirects.middleware.RedirectMiddleware': 'wagtail.contrib.redirects',
  'django.contrib.messages.middleware.MessageMiddleware': 'django.contrib.messages',
  'django.contrib.admindocs.middleware.XViewMiddleware': 'django.contrib.admindocs',
  'axes.middleware.AxesMiddleware': 'axes',
  'django_otp.middleware.OTPMiddleware': 'django_otp',
  'hijack.middleware.HijackUserMiddleware': 'hijack',
  'impersonate.middleware.ImpersonateMiddleware': 'impersonate',
  'social_django.middleware.SocialAuthExceptionMiddleware': 'social_django',
};

interface Provides {
  /** What code or templates write who want it. */
  readonly asked: RegExp;
  readonly what: string;
  /** The app of INSTALLED_APPS that comes with it. */
  readonly app?: string;
  /** Apps of others that ask for it. */
  readonly askedBy?: RegExp;
}

/** Middlewares that only lay something ready for whoever asks for it. */
const PROVIDES: Readonly<Record<string, Provides>> = {
  // It keeps in cookies what flags were decided: https://waffle.readthedocs.io/en/stable/starting/configuring.html
  'waffle.middleware.WaffleMiddleware': {
    ...{ asked: /\bwaffle\b(?!\.jinja)/, what: 'a flag, switch or sample of waffle', app: 'waffle' },
    askedBy: /edx|toggles|enterprise|commerce/,
  },
  'django_htmx.middleware.HtmxMiddleware': {
    asked: /\.htmx\b|["']htmx["']|\bdjango_htmx\b/,
    what: 'request.htmx',
    app: 'django_htmx',
  },
  'django_user_agents.middleware.UserAgentMiddleware': {
    ...{
      asked: /\.user_agent\b|["']user_agent["']|django_user_agents|user_agents\b/,
      what: 'request.user_agent',
      app: 'django_user_agents',
    },
  },
  'crum.CurrentRequestUserMiddleware': {
    asked: /\bcrum\b/,
    what: 'the user of crum',
    askedBy: /edx|openedx|drf|author/,
  },
  'django_currentuser.middleware.ThreadLocalUserMiddleware': {
    asked: /\bdjango_currentuser\b/,
    what: 'the user of django_currentuser',
  },
  'threadlocals.middleware.ThreadLocalMiddleware': { asked: /\bthreadlocals\b/, what: 'the request of threadlocals' },
  'crequest.middleware.CrequestMiddleware': { asked: /\bcrequest\b/, what: 'the request of crequest', app: 'crequest' },
  'reversion.middleware.RevisionMiddleware': {
    asked: /\breversion\b/,
    what: 'a model with versions',
    app: 'reversion',
    askedBy: /reversion|cms|wiki/,
  },
};

/** Whether anything needs what a middleware provides. `false` is said only with proof. */
export function useOf(program: Program, settings: DjangoSettings, name: string): Use {
  const app = NEEDED[name];
  if (app !== undefined && isInstalled(program, app) === false) {
    // Settings that are not here may add it where the project is prepared for it.
    const [, of = app] = /^(?!django\.)(\w+)/.exec(app) ?? [];
    const prepared =
      of === app && !app.startsWith('django.') && mentioning(program, settings, new RegExp(`\\b${of}\\b`));
    return typeof prepared === 'string'
      ? undecided(`${prepared} is prepared for ${app}, which is not installed`)
      : { used: false, reason: `${app} is not installed` };
  }
  const provides = PROVIDES[name];
  if (provides !== undefined) return ofProvided(program, settings, provides);
  switch (name) {
    case 'django.contrib.messages.middleware.MessageMiddleware':
      return { ...ofSessions(messageUse(program, settings), name), app: 'django.contrib.messages', cost: 'little' };
    case 'corsheaders.middleware.CorsMiddleware':
      return crossOrigin(program, settings);
    case 'django.middleware.common.BrokenLinkEmailsMiddleware':
      return brokenLinks(settings);
    case 'django.contrib.auth.middleware.SessionAuthenticationMiddleware':
      return isAtLeast(settings.djangoVersion, '1.10')
        ? { used: false, reason: 'it does nothing since Django 1.10, and is gone since 2.0', cost: 'little' }
        : { used: true, reason: 'it ends sessions of who changed the password' };
    case 'django.middleware.locale.LocaleMiddleware':
      return localisation(settings);
    case 'django.contrib.sites.middleware.CurrentSiteMiddleware':
      return undecided('whether a view reads request.site cannot be told');
    case 'django.contrib.sessions.middleware.SessionMiddleware':
    case 'django.contrib.auth.middleware.AuthenticationMiddleware':
      return ofSessions(apiWithoutSessions(program, settings), name);
    default:
      return ownUse(program, settings, name);
  }
}

/** What does not wait for a view to use it works on every request by itself. */
function ownUse(program: Program, settings: DjangoSettings, name: string): Use {
  const idle = idleReason(program, settings, name);
  if (idle === undefined) return { used: true, reason: 'it works on requests by itself' };
  const remedy = idle.debugOnly ? 'raise MiddlewareNotUsed in its __init__() unless settings.DEBUG is on' : undefined;
  return { used: false, reason: idle.reason, cost: 'little', ...(remedy === undefined ? {} : { remedy }) };
}

function ofProvided(program: Program, settings: DjangoSettings, { asked, what, app, askedBy }: Provides): Use {
  const path = mentioning(program, settings, asked);
  if (path !== undefined) return { used: true, reason: `${path} asks for it` };
  const apps = appsOf(program);
  if (apps === undefined) return undecided('INSTALLED_APPS is not known');
  const other = apps.find(({ name, own }) => !own && name !== app && askedBy?.test(name) === true);
  if (other !== undefined) return undecided(`${other.name} may ask for ${what}`);
  const installed = app !== undefined && apps.some(({ name }) => name === app);
  return { used: false, reason: `nothing asks for ${what}`, cost: 'little', ...(installed ? { app } : {}) };
}

/** https://github.com/adamchainz/django-cors-headers#configuration: where no origin is let in, no response gets a header. */
const ORIGINS = [
  'CORS_ALLOWED_ORIGINS',
  'CORS_ORIGIN_WHITELIST',
  'CORS_ALLOWED_ORIGIN_REGEXES',
  'CORS_ORIGIN_REGEX_WHITELIST',
];
const ALL_ORIGINS = ['CORS_ALLOW_ALL_ORIGINS', 'CORS_ORIGIN_ALLOW_ALL'];

function crossOrigin(program: Program, settings: DjangoSettings): Use {
  for (const name of [...ALL_ORIGINS, ...ORIGINS]) {
    const value = settings.get(name);
    if (value === undefined) {
      // `if "ORIGINS" in os.environ: CORS_ALLOWED_ORIGINS = ...`
      if (writesSetting(program, settings, name)) return { used: true, reason: `${name} may let origins in` };
      continue;
    }
    const off = ALL_ORIGINS.includes(name) ? value.kind === 'bool' && !value.value : items(value)?.length === 0;
    if (!off) return { used: true, reason: `${name} lets origins in` };
    // What a variable empties another deployment fills.
    if (value.origin.variables.length > 0)
      return { used: true, reason: `${value.origin.variables.join(', ')} may let origins in` };
  }
  const path = mentioning(program, settings, /check_request_enabled|\bcorsheaders\b/);
  if (path !== undefined) return { used: true, reason: `${path} decides who is let in` };
  return {
    used: false,
    reason: 'no origin is let in: neither CORS_ALLOWED_ORIGINS nor its kin name any',
    app: 'corsheaders',
    cost: 'little',
  };
}

/** It writes to MANAGERS. */
function brokenLinks(settings: DjangoSettings): Use {
  const managers = settings.get('MANAGERS');
  const nobody = managers === undefined || (items(managers)?.length === 0 && managers.origin.variables.length === 0);
  return nobody && settings.names.size > 0
    ? { used: false, reason: 'MANAGERS is empty, so nobody is told of broken links', cost: 'little' }
    : { used: true, reason: 'MANAGERS are told of broken links' };
}

function undecided(reason: string): Use {
  return { used: unknown(reason, [true, false]), reason };
}

/** LocaleMiddleware activates a language, which changes nothing while translation is off. */
function localisation(settings: DjangoSettings): Use {
  const value = settingOf(settings, 'USE_I18N');
  const possible = value === undefined ? undefined : alternatives(value);
  const off = possible?.every((one) => one.kind === 'bool' && !one.value) ?? false;
  const languages = settings.get('LANGUAGES');
  if (!off && languages?.origin.variables.length === 0 && items(languages)?.length === 1)
    return { used: false, reason: 'LANGUAGES has one entry, so there is nothing to choose from' };
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
