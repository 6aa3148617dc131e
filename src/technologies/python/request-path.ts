import type { ClassDef, Expression } from '../../parse/python/ast.js';
import type { Level } from './scopes.js';

/** Code that no request reaches, whatever it does with its variables. */
export const ASIDE =
  /(^|\/)(tests?|unittests?|testing|migrations|management|commands|scripts?|bin|docs?|examples?|benchmarks?|tools?|settings|config|conf|site-packages|node_modules|vendor|_vendor|\.[^/]+)\/|(^|\/)(test_[^/]*|tests?|[^/]*_tests?|conftest|setup|manage|settings|[^/]*_settings|settings_[^/]*|config|urls|admin|apps|models?|wsgi|asgi|celery|fabfile|noxfile|gunicorn[^/]*)\.py$/;

const HANDLERS =
  /(View|ViewSet|Viewset|Middleware|MiddlewareMixin|Consumer|Resource|RequestHandler|HTTPEndpoint|MethodView)$/;

/** Decorators that make a function answer requests: of Django, REST framework, Flask, FastAPI, Starlette. */
const ROUTES =
  /^(api_view|require_(http_methods|GET|POST|safe)|csrf_exempt|login_required|permission_required|route|websocket)$/;
const ROUTE_METHODS = /^(route|get|post|put|patch|delete|head|options|websocket|api_route)$/;
const ROUTERS = /^(app|application|api|bp|blueprint|router|[a-z_]*_(app|api|bp|blueprint|router))$/;

/** Why a function runs within a request, in words that read after "because"; undefined where nothing says so. */
export function requestEvidence(levels: readonly Level[]): string | undefined {
  for (const { definition, owner } of levels) {
    if (owner !== undefined && isHandler(owner) && definition.name !== '__init_subclass__')
      return `${owner.name} answers requests`;
    if (definition.params.list.some(({ name }) => name === 'request')) return `${definition.name} takes the request`;
    if (definition.decorators.some(isRoute)) return `${definition.name} is a route`;
  }
  return undefined;
}

export function isHandler(definition: ClassDef): boolean {
  return definition.bases.some((base) => HANDLERS.test(lastName(base)));
}

function isRoute(decorator: Expression): boolean {
  const callee = decorator.type === 'Call' ? decorator.func : decorator;
  if (callee.type === 'Name') return ROUTES.test(callee.id);
  if (callee.type !== 'Attribute' || decorator.type !== 'Call') return false;
  return ROUTE_METHODS.test(callee.attr) && callee.value.type === 'Name' && ROUTERS.test(callee.value.id);
}

function lastName(expression: Expression): string {
  if (expression.type === 'Name') return expression.id;
  if (expression.type === 'Attribute') return expression.attr;
  if (expression.type === 'Subscript') return lastName(expression.value);
  return '';
}

const MODULES =
  /(^|\/)(views?|viewsets?|api|middlewares?|consumers|routes|endpoints|resolvers|handlers)(\.py$|\/[^/]+\.py$)/;

/** Whether a file holds what answers requests, by its name or that of its folder. */
export function isRequestModule(path: string): boolean {
  return MODULES.test(path);
}
