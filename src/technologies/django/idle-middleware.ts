import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef, If, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { runsWith } from './conditions.js';
import { mentionedBeside } from './mentioned.js';
import type { DjangoSettings } from './settings.js';
import { settingOf } from './default-settings.js';
import { uncalledHooks } from './uncalled-hooks.js';
import { isRequest } from './view-code.js';

/** Classes that only make an object of a class something that Django can call. */
const FRAMES = /^(?:builtins\.object|django\.utils\.deprecation\.(?:MiddlewareMixin|RemovedIn\w+)|abc\.ABC)$/;

/** What is done with a value and changes nothing outside of it. */
const HARMLESS =
  /^(?:get|encode|decode|hexdigest|digest|update|join|split|rsplit|strip|rstrip|lstrip|lower|upper|format|append|extend|items|keys|values|total_seconds|isatty|startswith|endswith|replace|isoformat|timestamp|count|copy)$/;
const HARMLESS_LIBRARY =
  /^(?:builtins\.(?:len|str|int|float|bool|sum|min|max|any|all|round|abs|repr|sorted|list|tuple|dict|set|enumerate|zip|range|getattr|hasattr|isinstance|super|callable)|hashlib\.|time\.(?:time|monotonic|perf_counter|process_time)|datetime\.|re\.|uuid\.|django\.utils\.timezone\.now|operator\.|functools\.reduce|sys\.stdout\.isatty)/;
const TELLING = /^(?:debug|info|warning|warn|error|log|print|write)$/;

/** What Django or a package looks for on a request, whoever set it. */
const LOOKED_FOR =
  /^(?:_.*|user|auser|session|META|GET|POST|COOKIES|FILES|headers|method|path|path_info|body|content_type|content_params|encoding|urlconf|resolver_match|upload_handlers|site|tenant|auth|accepted_renderer|version|LANGUAGE_CODE|csrf_processing_done|csrf_cookie_needs_reset|current_app|current_page|htmx|toolbar|device|is_mobile|user_agent|country|region|subdomain|host|hostname|environ|scope|state|context|data|id|request_id|correlation_id|ip|client_ip|journal|repository|press|locale|language|toggles|waffles|waffle_tests|csp_nonce|limits|limited|theme|organization|org|realm|cms_.*|wagtail.*|is_.*|profile)$/;

/**
 * Why a middleware of the project changes nothing, with all of its code looked at: what it sets on a request nobody reads,
 * or it tells of what Django counts while DEBUG is on only. Undefined where it does anything else.
 */
export function idleReason(
  program: Program,
  settings: DjangoSettings,
  name: string,
): { readonly reason: string; readonly debugOnly: boolean } | undefined {
  const [target] = program.pythonCode.resolveText(name);
  if (target?.kind !== 'class' && target?.kind !== 'function') return undefined;
  const { module, node } = target.at;
  if (node.type !== 'ClassDef' && node.type !== 'FunctionDef') return undefined;
  const hooks = node.type === 'ClassDef' ? uncalledHooks(program, { module, node }) : [];
  if (hooks.length > 0)
    return {
      reason: `all it does is in ${hooks.join(' and ')}, which nothing calls: its __call__() only hands requests on`,
      debugOnly: false,
    };
  const at: PythonPlace<ClassDef | FunctionDef> = { module, node };
  const places = node.type === 'ClassDef' ? partsOf(program, { module, node }) : [at];
  if (places === undefined || places.length === 0) return undefined;
  const found: Found = { sets: new Set(), tells: false, queries: false, debugOnly: false, more: false };
  for (const place of places) lookAt(program, settings, place, found);
  if (found.more) return undefined;
  if (found.queries)
    return { reason: 'it tells of connection.queries, which Django fills while DEBUG is on only', debugOnly: true };
  if (found.tells) return undefined;
  const attributes = [...found.sets];
  if (attributes.length === 0)
    return found.debugOnly && isOff(settings)
      ? { reason: 'it does something while DEBUG is on only', debugOnly: true }
      : undefined;
  if (attributes.some((one) => LOOKED_FOR.test(one) || mentionedBeside(program, one, at))) return undefined;
  const spelled = attributes.map((one) => `request.${one}`).join(' and ');
  return { reason: `all that it does is to set ${spelled}, which nothing reads`, debugOnly: false };
}

interface Found {
  readonly sets: Set<string>;
  tells: boolean;
  queries: boolean;
  debugOnly: boolean;
  more: boolean;
}

/** Its methods, and those of the classes of the project above it; undefined where something else is above it. */
function partsOf(program: Program, of: PythonPlace<ClassDef>): readonly PythonPlace<FunctionDef>[] | undefined {
  const { own, libraries, partial } = program.pythonCode.ancestry(of);
  if (partial || libraries.some((one) => !FRAMES.test(one))) return undefined;
  return own.flatMap(({ module, node }) =>
    node.body.flatMap((part) =>
      part.type === 'FunctionDef' && program.pythonCode.member(of, part.name)?.owner.node === node
        ? [{ module, node: part }]
        : [],
    ),
  );
}

function lookAt(
  program: Program,
  settings: DjangoSettings,
  { module, node: whole }: PythonPlace<ClassDef | FunctionDef>,
  found: Found,
): void {
  const inside = new Set<string>();
  const skipped = new Set<Node>();
  walkPython(whole, (node) => {
    if (node.type !== 'FunctionDef') return true;
    inside.add(node.name);
    // `if not settings.DEBUG: return self.get_response(request)`
    const ends = node.body.findIndex(
      (one) => one.type === 'If' && one.body.at(-1)?.type === 'Return' && asksDebug(one) === true,
    );
    if (ends >= 0) for (const one of node.body.slice(ends + 1)) skipped.add(one);
    return true;
  });
  if (skipped.size > 0) found.debugOnly = true;
  walkPython(whole, (node) => {
    if (found.more || skipped.has(node)) return false;
    if (node.type === 'If' && asksDebug(node) === false) {
      found.debugOnly = true;
      for (const one of node.body) skipped.add(one);
    }
    lookAtOne(node);
    return true;
  });

  function lookAtOne(node: Node): void {
    if (node.type === 'Raise' || node.type === 'Delete' || node.type === 'Yield' || node.type === 'Global')
      found.more = true;
    else if (node.type === 'Call') ofCall(node);
    else if (node.type === 'Attribute') {
      if (node.attr === 'queries' && /^connections?\b/.test(spelling(node.value))) found.queries = true;
    } else if (node.type === 'Assign') for (const target of node.targets) ofTarget(target);
    else if (node.type === 'AugAssign' || node.type === 'AnnAssign') ofTarget(node.target);
    else if (node.type === 'Return' && node.value !== null) ofReturn(node.value);
  }

  function ofTarget(target: Expression): void {
    if (target.type === 'Name') return;
    if (target.type === 'Tuple' || target.type === 'List') {
      for (const one of target.elts) ofTarget(one);
      return;
    }
    if (target.type === 'Attribute' && isRequest(target.value)) found.sets.add(target.attr);
    else if (target.type !== 'Attribute' || spelling(target) !== 'self.get_response') found.more = true;
  }

  /** Only what the rest of the chain answers goes on. */
  function ofReturn(value: Expression): void {
    if (value.type === 'Constant' && value.kind === 'none') return;
    const { type } = value;
    if (type === 'Name' && (/^(?:response|resp|res|result)$/.test(value.id) || inside.has(value.id))) return;
    if ((type === 'Call' && isNext(value)) || (type === 'Await' && value.value.type === 'Call' && isNext(value.value)))
      return;
    found.more = true;
  }

  function ofCall(node: Call): void {
    if (isNext(node)) return;
    const spelled = spelling(node.func);
    const word = spelled.split('.').at(-1) ?? '';
    if (/^super\(\)?/.test(spelled) || /^(?:super|__init__)$/.test(word)) return;
    const [target, ...others] = program.pythonCode.resolve({ module, node: node.func });
    const library = others.length === 0 && target?.kind === 'library' ? target.name : undefined;
    if (
      library !== undefined &&
      /^(?:builtins\.print$|logging\.|structlog\.|sys\.std(?:out|err)\.write)/.test(library)
    ) {
      found.tells = true;
      return;
    }
    if (library !== undefined && HARMLESS_LIBRARY.test(library)) return;
    if (node.func.type !== 'Attribute' || (library === undefined && target?.kind === 'function')) found.more = true;
    else if (TELLING.test(word)) found.tells = true;
    else if (!HARMLESS.test(word)) found.more = true;
  }

  function isNext({ func }: Call): boolean {
    return /(?:^|\.)get_response$/.test(spelling(func));
  }

  /** Whether what an `if` over DEBUG holds runs in production; undefined where it asks for something else. */
  function asksDebug({ test, body }: If): boolean | undefined {
    const [first] = body;
    if (first === undefined || !/\bDEBUG\b/.test(module.document.text.slice(test.start, test.end))) return undefined;
    return runsWith(program, settings, { module, node: first });
  }
}

function isOff(settings: DjangoSettings): boolean {
  const debug = settingOf(settings, 'DEBUG');
  return debug?.kind === 'bool' && !debug.value;
}
