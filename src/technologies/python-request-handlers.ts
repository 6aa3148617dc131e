import type { ClassDef, Expression, FunctionDef } from '../parse/python/ast.js';
import type { PythonCode, PythonFunction, PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import { isUnrouted } from './unrouted-view.js';

/** What calls a function that nothing in the repository calls. */
export interface Handler {
  /** A request, a task of a queue, or a model that is saved, in whatever process does so. */
  readonly kind: 'request' | 'task' | 'signal';
  /** In words that read after "because". */
  readonly reason: string;
}

/** Classes of libraries whose methods are run for a request, by their dotted names. */
const SERVING =
  /(?:^|\.)(?:\w*View|\w*ViewSet|\w*ViewSetMixin|\w*APIView|\w*Middleware|MiddlewareMixin|\w*Consumer|\w*Resource|HTTPEndpoint|WebSocketEndpoint|MethodView|RequestHandler|\w*ModelAdmin|TabularInline|StackedInline|\w*Serializer|\w*Permission|\w*Authentication|\w*Throttle|\w*Pagination|\w*FilterBackend|FilterSet|\w*Form|\w*FormSet|ObjectType|Mutation|Feed|Sitemap)(?:\(\)|\[\])*$/;
/** Of them those that a library gives; a class of that name which is nobody's child tells nothing. */
const LIBRARY =
  /^(?:django|rest_framework\w*|drf_\w+|channels|wagtail|allauth|oscar|graphene\w*|strawberry\w*|flask\w*|starlette|fastapi|tornado|aiohttp|tastypie|import_export|django_\w+|parler|polymorphic|guardian|formtools|dal\w*|extra_views|braces|rules|two_factor|sentry|viewflow|modelcluster|mptt|reversion|simple_history|unfold|jazzmin|grappelli|suit|ninja\w*)\b/;

/** Methods of such classes that run once, while the program starts. */
const STARTING = /^(?:__init_subclass__|as_view|as_asgi|get_urls|contribute_to_class|get_extra_actions)$/;

/** Methods of serializers and their fields, whatever they descend from. */
const CONVERTS = /^(?:to_value|to_representation|to_internal_value|to_native|from_native|field_to_native)$/;

/** Decorators that hand requests to a function. */
const ROUTES =
  /(?:^|\.)(?:route|get|post|put|patch|delete|options|head|websocket|api_view|api_operation|action|detail_route|list_route|login_required|permission_required|user_passes_test|staff_member_required|csrf_exempt|require_http_methods|require_GET|require_POST|require_safe|never_cache|cache_page|cache_control|vary_on_headers|vary_on_cookie|xframe_options_exempt|ensure_csrf_cookie|sensitive_post_parameters|render_to|ajax|before_request|after_request|errorhandler|context_processor|exception_handler|simple_tag|inclusion_tag|filter|subscription|mutation|field)$/;
/** Words among them that mean something else where they are nothing's attribute. */
const AMBIGUOUS = /^(?:get|post|put|patch|delete|options|head|filter|field|action|route|mutation|subscription|ajax)$/;

const TASKS = /(?:^|\.)(?:shared_task|task|periodic_task|db_task|db_periodic_task|actor|job|background|crontab)$/;

const SIGNAL = /(?:^|\.)receiver$/;
/** Signals of Celery, which are sent around its tasks. */
const AROUND_TASKS = /task_(?:pre|post)run|task_(?:success|failure|retry|received|revoked)/;
/** Signals that are sent while the program starts or is migrated, and no request sends. */
const AT_START =
  /(?:post|pre)_migrate|class_prepared|setting_changed|worker_\w+|beat_\w+|celeryd?_\w+|connection_created|autoreload|(?:app|apps|django|server)_ready/;

/** What calls a function from outside, where its form says so. */
export function handlerOf(program: Program, fn: PythonPlace<PythonFunction>): Handler | undefined {
  return handlersOf(program)(fn);
}

function handlersOf(program: Program): (fn: PythonPlace<PythonFunction>) => Handler | undefined {
  return program.pythonCode.memo('python-request-handlers', () => {
    const known = new Map<PythonFunction, Handler | undefined>();
    return (fn) => {
      if (!known.has(fn.node)) known.set(fn.node, find(program.pythonCode, fn));
      return known.get(fn.node);
    };
  });
}

function find(code: PythonCode, { module, node }: PythonPlace<PythonFunction>): Handler | undefined {
  // What an administrator types is no request.
  if (node.type !== 'FunctionDef' || /(?:^|\/)management\/commands\//.test(module.path)) return undefined;
  const owner = code.ownerOf({ module, node });
  if (owner !== undefined && isUnrouted(code, owner)) return undefined;
  const [first, second] = node.params.list;
  // A method that is put into a class of others is written outside of any.
  // Actions of an administration are functions as well: `def approve(modeladmin, request, queryset)`.
  const isAction = /^_?(?:model_?admin|admin)$/.test(first?.name ?? '');
  const taken = owner === undefined && first?.name !== 'self' && !isAction ? first : second;
  const decorated = byDecorator(node);
  if (decorated !== undefined) return decorated;
  if (taken !== undefined && /^_?(?:request|http_request)$/.test(taken.name))
    return { kind: 'request', reason: `${told(node, owner)} takes the request` };
  if (owner === undefined) return undefined;
  return byClass(code, owner, node);
}

function byDecorator(node: FunctionDef): Handler | undefined {
  for (const decorator of node.decorators) {
    const call = decorator.type === 'Call' ? decorator : undefined;
    const name = spelling(call?.func ?? decorator);
    if (TASKS.test(name)) return { kind: 'task', reason: `${node.name} is a task of the queue` };
    if (SIGNAL.test(name)) {
      const signals = (call?.args ?? []).map(signalNames).join(' ');
      return bySignal(node.name, signals);
    }
    const word = name.split('.').at(-1) ?? '';
    if (ROUTES.test(name) && !(name === word && AMBIGUOUS.test(word)))
      return { kind: 'request', reason: `@${name} hands requests to ${node.name}` };
  }
  return undefined;
}

/** Who is called when a signal is sent; undefined for signals that no request sends. */
export function bySignal(name: string, signals: string): Handler | undefined {
  if (AT_START.test(signals)) return undefined;
  const reason = `${name} is called when ${signals === '' ? 'a signal' : signals} is sent`;
  return { kind: AROUND_TASKS.test(signals) ? 'task' : 'signal', reason };
}

function byClass(code: PythonCode, owner: PythonPlace<ClassDef>, node: FunctionDef): Handler | undefined {
  if (STARTING.test(node.name)) return undefined;
  const { own, libraries } = code.ancestry(owner);
  const base = libraries.find((one) => SERVING.test(one) && LIBRARY.test(one));
  if (base !== undefined) {
    // An object of it is made for each request, but for middlewares and administrations, which are made once.
    const once = /(?:Middleware|MiddlewareMixin|ModelAdmin|Inline|Feed|Sitemap)$/.test(base);
    if (node.name === '__init__' && once) return undefined;
    return { kind: 'request', reason: `${owner.node.name}.${node.name} answers requests` };
  }
  const isMiddleware = own.some(({ node: { name } }) => name.endsWith('Middleware'));
  if (isMiddleware && /^(?:__call__|__acall__|process_\w+|dispatch)$/.test(node.name))
    return { kind: 'request', reason: `${owner.node.name}.${node.name} handles every request` };
  if (CONVERTS.test(node.name))
    return { kind: 'request', reason: `${owner.node.name}.${node.name} converts what requests bring and get` };
  const isModel = libraries.some((one) =>
    /(?:^|\.)models\.Model$|(?:^|\.)(?:AbstractUser|AbstractBaseUser)$/.test(one),
  );
  if (isModel && /^(?:save|delete|clean|full_clean|asave|adelete)$/.test(node.name))
    return { kind: 'signal', reason: `${owner.node.name}.${node.name} is called wherever one is saved` };
  return undefined;
}

function told(node: FunctionDef, owner: PythonPlace<ClassDef> | undefined): string {
  return owner === undefined ? node.name : `${owner.node.name}.${node.name}`;
}

/** `post_save` of `@receiver(post_save, sender=Book)`, and of a list of them. */
function signalNames(node: Expression): string {
  return node.type === 'List' || node.type === 'Tuple'
    ? node.elts.map(signalNames).join(', ')
    : (spelling(node).split('.').at(-1) ?? '');
}

/** `app.route` of a decorator, as it is written. */
export function spelling(node: Expression): string {
  if (node.type === 'Name') return node.id;
  if (node.type === 'Attribute') {
    const left = spelling(node.value);
    return left === '' ? node.attr : `${left}.${node.attr}`;
  }
  return node.type === 'Call' ? spelling(node.func) : '';
}
