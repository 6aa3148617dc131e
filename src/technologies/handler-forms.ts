import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from '../link/javascript/syntax.js';
import type { FunctionNode, JavaScriptModule } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';
import {
  keysOf,
  nameOfParameter,
  takesContext,
  takesRequest,
  takesSocket,
  takesTheArguments,
} from './handler-parameters.js';

type Add = (fn: FunctionNode, reason: string) => void;

const SOCKETS = ['socket.io', 'ws', 'sockjs'];
const CONTEXTS = [
  'koa',
  '@koa/router',
  'koa-router',
  'grammy',
  'telegraf',
  'egg',
  '@strapi/strapi',
  'strapi',
  'moleculer',
];
const SCHEMAS = [
  ...['graphql', '@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-koa', 'graphql-yoga'],
  ...[
    'mercurius',
    '@graphql-tools/schema',
    'graphql-tools',
    'express-graphql',
    'graphql-http',
    '@pothos/core',
    'nexus',
  ],
];
const SERVICES = ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa'];

/** Functions that answer requests as their parameters, their decorators, or the object that they stand in say. */
export function addByForm(
  program: Program,
  module: JavaScriptModule,
  found: ReadonlyMap<FunctionNode, string>,
  put: Add,
): void {
  const { javascript } = program;
  const { tree, text, path } = module.document;
  const imports = (names: readonly string[]): boolean => names.some((name) => javascript.imports(name));
  const talks = text.includes('ocket') && imports(SOCKETS);
  const isDecorated =
    /@nestjs\/|routing-controllers|type-graphql|@loopback\/|@midwayjs\/|@tsed\/|tsoa|@foal\/|inversify-express/.test(
      text,
    );
  const hasContext = /\bctx\b/.test(text) && imports(CONTEXTS);
  const hasSchema = /\b(?:Query|Mutation|Subscription|resolve|args|_)\b/.test(text) && imports(SCHEMAS);
  const isService = /\bparams\b/.test(text) && imports(SERVICES);
  const isController = /(?:^|\/)controllers?\//i.test(path);
  const add: Add = (fn, reason) => {
    if (!found.has(fn)) put(fn, reason);
  };
  const functionOf = (node: Node): FunctionNode | undefined =>
    isFunction(node) ? node : javascript.functionOf({ module, node })?.node;

  walkJavaScript(tree, (node, above) => {
    if (isFunction(node)) {
      if (takesRequest(node)) add(node, 'it takes the request');
      else if (talks && takesSocket(node, above.at(-1))) add(node, 'it takes the socket of a client');
      else if (hasContext && takesContext(node)) add(node, 'it takes the context of a request');
      else if (hasSchema && takesTheArguments(node)) add(node, 'it resolves a field of a query');
    } else if (node.type === 'MethodDefinition' && node.value.type === 'FunctionExpression') {
      const reason = ofMethod(node, above, { isDecorated, hasContext, isService, isController, text });
      if (reason !== undefined) add(node.value, reason);
    } else if (node.type === 'ObjectExpression') {
      for (const [fn, reason] of ofObject(node, hasSchema, functionOf)) add(fn, reason);
    } else if (node.type === 'CallExpression') {
      for (const fn of ofCall(node, functionOf)) add(fn, 'it is given to a router');
    } else if (node.type === 'ExportNamedDeclaration') {
      for (const fn of handlersOf(node)) add(fn, 'it is handed each event');
    }
    return above.length < 400;
  });
}

interface Surroundings {
  readonly isDecorated: boolean;
  readonly hasContext: boolean;
  readonly isService: boolean;
  readonly isController: boolean;
  readonly text: string;
}

const ROUTE =
  /^(?:Get|Post|Put|Patch|Del|Delete|All|Head|Options|Sse|Query|Mutation|ResolveField|ResolveProperty|FieldResolver|Subscription|SubscribeMessage|MessagePattern|EventPattern|GrpcMethod|GrpcStreamMethod|TsRestHandler|TypedRoute)$/i;

/** https://docs.feathersjs.com/api/services#service-methods */
const SERVICE_METHODS = /^(?:find|get|create|update|patch|remove)$/;

function ofMethod(
  node: TSESTree.MethodDefinition,
  above: readonly Node[],
  { isDecorated, hasContext, isService, isController, text }: Surroundings,
): string | undefined {
  if (node.value.type !== 'FunctionExpression' || node.kind !== 'method') return undefined;
  const route = isDecorated ? node.decorators.map(decoratorName).find((name) => ROUTE.test(name)) : undefined;
  if (route !== undefined) return `@${route} hands it requests`;
  const name = node.key.type === 'Identifier' ? node.key.name : '';
  const home = above.at(-2);
  if (isDecorated && /^handle(?:Connection|Disconnect)$/.test(name) && isGateway(home))
    return 'the gateway hands it connections';
  const names = node.value.params.map(nameOfParameter);
  if (isService && SERVICE_METHODS.test(name) && names.includes('params')) return 'the service is asked by it';
  if (!isController || node.static || name === 'constructor' || name.startsWith('_')) return undefined;
  const isTaken =
    (hasContext && names[0] === 'ctx') ||
    keysOf(node.value.params[0]).some((key) => /^(?:request|response|ctx)$/.test(key));
  // https://www.eggjs.org/basics/controller
  const isHeld =
    names.length === 0 && node.value.async && /\bthis\.ctx\b/.test(text) && /from 'egg'|require\('egg'\)/.test(text);
  return isTaken || isHeld ? 'it is a method of a controller' : undefined;
}

/** https://docs.nestjs.com/websockets/gateways#lifecycle-hooks */
function isGateway(home: Node | undefined): boolean {
  return home?.type === 'ClassDeclaration' && home.decorators.some((one) => decoratorName(one) === 'WebSocketGateway');
}

/** `Get` of `@Get('/x')`, `TypedRoute` of `@TypedRoute.Get('/x')`. */
export function decoratorName({ expression }: TSESTree.Decorator): string {
  let callee: Node = expression.type === 'CallExpression' ? expression.callee : expression;
  if (callee.type === 'MemberExpression') callee = callee.object;
  return callee.type === 'Identifier' ? callee.name : '';
}

function* ofObject(
  node: TSESTree.ObjectExpression,
  hasSchema: boolean,
  functionOf: (node: Node) => FunctionNode | undefined,
): Iterable<[FunctionNode, string]> {
  const members = new Map<string, Node>();
  for (const one of node.properties)
    if (one.type === 'Property' && !one.computed && one.key.type === 'Identifier') members.set(one.key.name, one.value);
  const options = members.get('options') ?? members.get('config');
  const handler =
    members.get('handler') ?? (options?.type === 'ObjectExpression' ? memberOf(options, 'handler') : undefined);
  // A route as it is written down for hapi, Fastify and their like.
  if (handler !== undefined && members.has('method') && (members.has('path') || members.has('url'))) {
    const fn = handler.type === 'ObjectExpression' || handler.type === 'Literal' ? undefined : functionOf(handler);
    if (fn !== undefined) yield [fn, 'a route names it as its handler'];
  }
  if (!hasSchema) return;
  const resolve = members.get('resolve') ?? members.get('subscribe');
  if (resolve !== undefined && members.has('type')) {
    const fn = functionOf(resolve);
    if (fn !== undefined) yield [fn, 'it resolves a field of a query'];
  }
  for (const type of ['Query', 'Mutation', 'Subscription']) {
    const fields = members.get(type);
    if (fields?.type !== 'ObjectExpression') continue;
    for (const one of fields.properties) {
      if (one.type !== 'Property') continue;
      const inner = one.value.type === 'ObjectExpression' ? memberOf(one.value, 'resolve') : one.value;
      const fn = inner === undefined ? undefined : functionOf(inner);
      if (fn !== undefined) yield [fn, `it resolves a field of ${type}`];
    }
  }
}

function memberOf(node: TSESTree.ObjectExpression, name: string): Node | undefined {
  for (const one of node.properties)
    if (one.type === 'Property' && !one.computed && one.key.type === 'Identifier' && one.key.name === name)
      return one.value;
  return undefined;
}

const VERBS = /^(?:get|post|put|patch|delete|del|all|options|head)$/;
const ROUTER = /^(?:app|router|routes?|server|fastify|api|instance|expressApp|\w{1,40}(?:App|Router|Routes|Server))$/;

/** `router.get('/x', guard, show)`, where nobody can tell what `router` is. */
function* ofCall(
  { callee, arguments: given }: TSESTree.CallExpression,
  functionOf: (node: Node) => FunctionNode | undefined,
): Iterable<FunctionNode> {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || !VERBS.test(callee.property.name))
    return;
  const [first, ...others] = given;
  if (others.length === 0 || !isRoute(first)) return;
  const { object } = callee;
  const receiver =
    object.type === 'Identifier'
      ? object.name
      : object.type === 'MemberExpression' && object.property.type === 'Identifier'
        ? object.property.name
        : '';
  if (!ROUTER.test(receiver)) return;
  for (const one of others) {
    if (one.type === 'SpreadElement' || one.type === 'ObjectExpression' || one.type === 'Literal') continue;
    const fn = functionOf(one);
    if (fn !== undefined) yield fn;
  }
}

function isRoute(node: Node | undefined): boolean {
  if (node?.type === 'ArrayExpression') return node.elements.some((one) => one !== null && isRoute(one));
  if (node?.type === 'TemplateLiteral') return node.quasis.some(({ value }) => value.raw.includes('/'));
  return (
    node?.type === 'Literal' &&
    ('regex' in node || (typeof node.value === 'string' && /^(?:\/|\*$|$|:)/.test(node.value)))
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
function* handlersOf({ declaration }: TSESTree.ExportNamedDeclaration): Iterable<FunctionNode> {
  const takesEvent = (fn: Node | null | undefined): fn is FunctionNode =>
    fn !== null && fn !== undefined && isFunction(fn) && /^_?event$/.test(nameOfParameter(fn.params[0]));
  if (declaration?.type === 'FunctionDeclaration' && declaration.id?.name === 'handler' && takesEvent(declaration))
    yield declaration;
  if (declaration?.type !== 'VariableDeclaration') return;
  for (const { id, init } of declaration.declarations)
    if (id.type === 'Identifier' && id.name === 'handler' && takesEvent(init)) yield init;
}
