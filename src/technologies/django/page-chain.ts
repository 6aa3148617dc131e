import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { lineageOf } from './lineage.js';
import { possibleTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';
import { isRequest } from './view-code.js';

/** What asks the cache alone says nothing. */
const POLICY =
  /^(?!django\.middleware\.cache\.FetchFromCache).*cache|^django\.middleware\.http\.ConditionalGetMiddleware$/i;
const LETTING_IN =
  /^(?:django\.(?!contrib\.auth\.middleware\.LoginRequired)|allauth\.|corsheaders\.|whitenoise\.|django_otp\.|axes\.|csp\.|simple_history\.|auditlog\.|waffle\.|debug_toolbar\.|silk\.|django_prometheus\.|hijack\.|social_django\.|django_htmx\.|log_request_id\.|request_id\.|django_structlog\.|wagtail\.|querycount\.|django_browser_reload\.|htmlmin\.|oauth2_provider\.|django_ratelimit\.|user_agents\.|django_user_agents\.|reversion\.|easyaudit\.|elasticapm\.|opentelemetry\.|newrelic\.|servestatic\.|dockerflow\.|permissions_policy|django_permissions_policy\.|referrer_policy|django_referrer_policy\.|crum\.|compression_middleware\.|django_brotli\.|verbose_csrf_middleware\.)/;

/** What the middlewares say for every page. */
export interface Chain {
  /** No page is the same for everyone: one must be somebody, or who asks is looked at each time. */
  readonly forSomeone: boolean;
  /** One says how long pages may be kept. */
  readonly policy: boolean;
  /** Why that is not told. */
  readonly open?: string;
}

const FOR_SOMEONE: Chain = { forSomeone: true, policy: false };

export function chainSays(program: Program, settings: DjangoSettings): Chain {
  const value = settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES');
  const names = possibleTexts(value);
  if (names === undefined) return { forSomeone: false, policy: false, open: 'which middleware runs is not known' };
  if (names.some((name) => /LoginRequired|login_required|RequireLogin|stronghold|lockdown|basicauth/i.test(name)))
    return FOR_SOMEONE;
  let policy = false;
  let open: string | undefined;
  for (const name of names) {
    if (POLICY.test(name)) policy = true;
    // What it says is said of files.
    if (lineageOf(program, name, (one) => (/^(?:whitenoise|servestatic)\./.test(one) ? true : undefined)) !== undefined)
      continue;
    const [target] = program.pythonCode.resolveText(name);
    if (target?.kind === 'library' && !LETTING_IN.test(name)) open ??= `what ${name} does is not known`;
    const at = target?.kind === 'class' || target?.kind === 'function' ? target.at : undefined;
    if (at === undefined) continue;
    if (saysForAll(at)) policy = true;
    if (turnsAway(at)) return FOR_SOMEONE;
  }
  return { forSomeone: false, policy, ...(open === undefined ? {} : { open }) };
}

const SAYING = /Cache-Control|patch_cache_control|patch_response_headers|add_never_cache_headers|ETag|cache_control/i;
const WHO = /\b(?:user|session|COOKIES|is_authenticated|is_anonymous)\b/;

/** Whether a middleware says of every page how long it may be kept: not for those alone who are signed in. */
function saysForAll({ module, node }: PythonPlace): boolean {
  const { text: whole } = module.document;
  if (!SAYING.test(whole.slice(node.start, node.end))) return false;
  let forSome = false;
  walkPython(node, (one) => {
    if (
      one.type === 'If' &&
      WHO.test(whole.slice(one.test.start, one.test.end)) &&
      one.body.some((part) => SAYING.test(whole.slice(part.start, part.end)))
    )
      forSome = true;
    return true;
  });
  return !forSome;
}

/**
 * Whether a middleware answers itself where it does not like who asks, or keeps something for each visitor. One that only
 * notes in a log or a header who it was leaves the page as it is for everyone.
 */
function turnsAway({ node }: PythonPlace): boolean {
  let looks = false;
  let acts = false;
  walkPython(node, (one) => {
    // What went wrong has an answer of its own.
    if (one.type === 'FunctionDef' && one.name === 'process_exception') return false;
    if (one.type === 'Attribute' && /^(?:user|session|COOKIES)$/.test(one.attr) && isRequest(one.value)) looks = true;
    else if (one.type === 'Name' && /^(?:LOGIN_URL|redirect_to_login)$/.test(one.id)) looks = true;
    else if (one.type === 'Call') {
      const word = spelling(one.func).split('.').at(-1) ?? '';
      if (
        /^(?:Http\w*|redirect|redirect_to_login|render|TemplateResponse|JsonResponse|set_cookie|login|logout|activate)$/.test(
          word,
        )
      )
        acts = true;
    } else if (one.type === 'Attribute' && one.attr === 'LOGIN_URL') looks = true;
    else if (one.type === 'Raise') acts = true;
    else if (one.type === 'Assign')
      for (const target of one.targets) {
        // `request.organisation = request.user.organisation`: views may show it.
        if (target.type === 'Attribute' && isRequest(target.value)) acts = true;
        if (target.type === 'Subscript' && /\bsession$/.test(spelling(target.value))) acts = true;
      }
    return true;
  });
  return looks && acts;
}
