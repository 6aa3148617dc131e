import type { Program } from '../../link/program.js';
import { entry } from '../../link/value.js';
import { appsOf, sureAppsOf } from './apps.js';
import { possibleTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';
import { sourcesOf, templatesOf } from './sources.js';

export interface SessionUse {
  /** Undefined where it cannot be told. */
  readonly used: boolean | undefined;
  readonly reason: string;
}

/** Anything in code that needs a session, the user of one, or messages; comments count, too: they only cost the proof. */
const CODE =
  /\.session\b|\bsessions\b(?!\.(middleware|backends))|\b(a?login|a?logout|a?get_user)\(|\bcontrib\.(messages|admin)\b|\bmessages\.(add_message|debug|info|success|warning|error)\b|\blogin_required\b|LoginRequiredMixin|UserPassesTestMixin|PermissionRequiredMixin|user_passes_test|permission_required|auth\.(views|urls|decorators|mixins)|django\.contrib\.auth\.(urls|views)|SessionAuthentication|\brequest\.user\b|\brender\(|TemplateView|\bformtools\b|csrf_protect|contrib\.auth\s+import\b[^\n]*\blogin\b/;

/**
 * Whether a project needs sessions at all. The proof that it does not: it is an API of REST framework whose
 * authentication is set and does not come from sessions, with no admin, no templates, no strange apps, and with
 * nothing in its code that so much as spells a session.
 */
export function apiWithoutSessions(program: Program, settings: DjangoSettings): SessionUse {
  return program.memo('django:api-without-sessions', () => prove(program, settings));
}

function prove(program: Program, settings: DjangoSettings): SessionUse {
  const needing = sureAppsOf(program).find((app) => !app.own && app.habits?.sessions === true);
  if (needing !== undefined) return { used: true, reason: `${needing.name} needs sessions` };
  const apps = appsOf(program);
  if (apps === undefined) return { used: undefined, reason: 'INSTALLED_APPS is not known' };

  for (const path of sourcesOf(program)) {
    if (path === settings.path || /(^|\/)settings(\/[^/]+)?\.py$/.test(path)) continue;
    const found = CODE.exec(program.inventory.read(path) ?? '');
    if (found !== null)
      return { used: /\.session\b/.test(found[0]) ? true : undefined, reason: `${path} mentions ${found[0].trim()}` };
  }
  const strange = apps.find((app) => !app.own && app.habits === undefined);
  if (strange !== undefined)
    return { used: undefined, reason: `the third-party app ${strange.name} may need sessions` };
  if (!apps.some(({ name }) => name === 'rest_framework'))
    return { used: undefined, reason: 'views may need sessions' };
  const classes = entry(settings.get('REST_FRAMEWORK'), 'DEFAULT_AUTHENTICATION_CLASSES');
  // REST framework's default is SessionAuthentication and BasicAuthentication.
  const names = classes === undefined ? undefined : possibleTexts(classes);
  if (names === undefined)
    return {
      used: classes === undefined ? true : undefined,
      reason: 'REST framework authenticates by session unless it is told otherwise',
    };
  const known =
    /^rest_framework\.authentication\.(Token|Basic)Authentication$|^rest_framework_simplejwt\.authentication\.|^knox\.auth\.TokenAuthentication$|^oauth2_provider\.contrib\.rest_framework\./;
  const other = names.find((name) => !known.test(name));
  if (other !== undefined) return { used: undefined, reason: `${other} may need sessions` };
  const [page] = templatesOf(program).filter((path) => path.endsWith('.html'));
  if (page !== undefined) return { used: undefined, reason: `${page} is a page` };
  return {
    used: false,
    reason: 'requests are authenticated by token, and there is no admin, no page and no code that reads a session',
  };
}
