import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, JavaScriptModule, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';

/** Packages whose objects are given functions that answer requests or messages, by these methods. */
const GIVEN: readonly (readonly [packages: readonly string[], methods: RegExp])[] = [
  [
    [
      'express',
      'fastify',
      'koa',
      '@koa/router',
      'koa-router',
      'restify',
      'polka',
      'hono',
      'connect',
      '@hapi/hapi',
      'find-my-way',
      'express-ws',
    ],
    /^(?:get|post|put|patch|delete|del|all|use|options|head|route|param|ws|addHook|method|ext|on)$/,
  ],
  [['socket.io', 'ws', 'uWebSockets.js', 'sockjs'], /^(?:on|use|once|ws|any|get|post)$/],
  [['node:http', 'node:https', 'node:http2'], /^(?:createServer|createSecureServer|on)$/],
];

/** Events of servers that no client brings about. */
const LIFECYCLE =
  /^(?:error|listening|close|exit|ready|clientError|onReady|onClose|onRoute|onRegister|start|stop|mount)$/;

/** https://nodejs.org/api/http.html#class-httpserver */
const NODE_EVENTS = /^(?:request|upgrade|connect|checkContinue|checkExpectation|stream)$/;

/** Functions that answer requests, each with what says so, in words that read after "because". */
export function requestHandlers(program: Program): ReadonlyMap<FunctionNode, string> {
  return program.memo('request-handlers', () => {
    const found = new Map<FunctionNode, string>();
    for (const [packages, methods] of GIVEN) {
      for (const name of packages) {
        if (!program.javascript.imports(name)) continue;
        for (const use of program.javascript.uses(name)) {
          const method = use.steps.at(-1) ?? '';
          if (!methods.test(method)) continue;
          const [first] = use.node.arguments;
          if (first?.type === 'Literal' && typeof first.value === 'string' && LIFECYCLE.test(first.value)) continue;
          // Of plain servers only these events are requests; the others tell of the sockets below.
          if (name.startsWith('node:') && first?.type === 'Literal' && !NODE_EVENTS.test(String(first.value))) continue;
          const what =
            first?.type === 'Literal' && typeof first.value === 'string' ? ` ${first.value.slice(0, 60)}` : '';
          for (const handler of functionsIn(program, use)) found.set(handler, `it is given to ${method}${what}`);
        }
      }
    }
    for (const module of program.javascript.modules) addByForm(program, module, found);
    return found;
  });
}

/** Functions among the arguments of a call: themselves, in lists, as `handler` of options. */
function functionsIn(program: Program, use: Placed<TSESTree.CallExpression | TSESTree.NewExpression>): FunctionNode[] {
  const { module } = use;
  const of = (node: Node): FunctionNode[] => {
    if (node.type === 'ArrayExpression')
      return node.elements.flatMap((element) => (element === null ? [] : of(element)));
    if (node.type === 'ObjectExpression')
      return node.properties.flatMap((property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        /^(?:handler|preHandler|onRequest|method|open|message|close)$/.test(property.key.name)
          ? of(property.value)
          : [],
      );
    if (node.type === 'SpreadElement' || node.type === 'Literal' || node.type === 'TemplateLiteral') return [];
    const fn = program.javascript.functionOf({ module, node });
    return fn === undefined ? [] : [fn.node];
  };
  return use.node.arguments.flatMap(of);
}

/** By their parameters, their decorators, or the file that a framework serves them from. */
function addByForm(program: Program, module: JavaScriptModule, found: Map<FunctionNode, string>): void {
  const { tree, text } = module.document;
  const served = servedBy(module.path);
  if (served !== undefined) {
    for (const statement of tree.body) {
      const declared = exportedFunctions(program, module, statement);
      for (const [name, fn] of declared) if (served.test(name)) found.set(fn, `${module.path} answers requests`);
    }
  }
  const mayDecorate =
    text.includes('@nestjs/') || text.includes('routing-controllers') || text.includes('type-graphql');
  const talks = SOCKETS.some((name) => program.javascript.imports(name));
  walkJavaScript(tree, (node, above) => {
    if (isFunction(node)) {
      if (!found.has(node) && takesRequest(node)) found.set(node, 'it takes the request');
      else if (!found.has(node) && talks && takesSocket(node, above.at(-1)))
        found.set(node, 'it takes the socket of a client');
    } else if (mayDecorate && node.type === 'MethodDefinition' && node.value.type === 'FunctionExpression') {
      const route = node.decorators.map(decoratorName).find((name) => ROUTE.test(name));
      if (route !== undefined) found.set(node.value, `@${route} hands it requests`);
      else if (
        node.key.type === 'Identifier' &&
        /^handle(?:Connection|Disconnect)$/.test(node.key.name) &&
        isGateway(above)
      )
        found.set(node.value, 'the gateway hands it connections');
    }
    return above.length < 400;
  });
}

/** https://docs.nestjs.com/websockets/gateways#lifecycle-hooks */
function isGateway(above: readonly Node[]): boolean {
  const home = above.at(-2);
  return home?.type === 'ClassDeclaration' && home.decorators.some((one) => decoratorName(one) === 'WebSocketGateway');
}

const ROUTE =
  /^(?:Get|Post|Put|Patch|Delete|All|Head|Options|Sse|Query|Mutation|ResolveField|Subscription|SubscribeMessage|MessagePattern|EventPattern|GrpcMethod)$/;

export function decoratorName({ expression }: TSESTree.Decorator): string {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  return callee.type === 'Identifier' ? callee.name : '';
}

const REQUEST = /^_?(?:req|request|httpRequest)$/;
const RESPONSE = /^_?(?:res|resp|response|reply|httpResponse|h)$/;
const REQUEST_TYPES = /^(?:Request|NextRequest|NextApiRequest|FastifyRequest|IncomingMessage|AuthenticatedRequest)$/;

/** `(req, res)`, `(error, req, res, next)`, or the first parameter's type says so. */
function takesRequest({ params }: FunctionNode): boolean {
  const names = params.map(nameOfParameter);
  const [first = '', second = '', third = ''] = names;
  if ((REQUEST.test(first) && RESPONSE.test(second)) || (REQUEST.test(second) && RESPONSE.test(third))) return true;
  const type = params[0]?.type === 'Identifier' ? params[0].typeAnnotation?.typeAnnotation : undefined;
  const named = type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
  return REQUEST_TYPES.test(named) && REQUEST.test(first);
}

const SOCKETS = ['socket.io', 'ws', 'sockjs'];

/** `handleMessage(socket, message)`: handed on by what listens to a server of sockets, however that finds it. */
function takesSocket(fn: FunctionNode, holder: Node | undefined): boolean {
  const [first] = fn.params;
  if (first === undefined || !/^_?socket$/.test(nameOfParameter(first))) return false;
  const named =
    holder?.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression'
      ? holder.left.property
      : holder?.type === 'VariableDeclarator'
        ? holder.id
        : holder?.type === 'MethodDefinition' || holder?.type === 'Property'
          ? holder.key
          : fn.id;
  return named?.type === 'Identifier' && /^(?:handle|on)[A-Z]/.test(named.name);
}

function nameOfParameter(parameter: TSESTree.Parameter): string {
  if (parameter.type === 'Identifier') return parameter.name;
  return parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier' ? parameter.left.name : '';
}

/** Files whose exports a framework calls for requests, by the names of those. https://nextjs.org/docs/app/api-reference/file-conventions/route */
function servedBy(path: string): RegExp | undefined {
  if (/(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/.test(path)) return /^default$/;
  if (/(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/.test(path)) return /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
  if (/(?:^|\/)pages\/.*\.[jt]sx?$/.test(path)) return /^getServerSideProps$/;
  if (/(?:^|\/)app\/routes\/.*\.[jt]sx?$/.test(path)) return /^(?:loader|action)$/;
  if (/(?:^|\/)server\/(?:api|routes)\/.*\.[jt]s$/.test(path)) return /^default$/;
  return undefined;
}

function exportedFunctions(program: Program, module: JavaScriptModule, statement: Node): [string, FunctionNode][] {
  const of = (name: string, node: Node | null | undefined): [string, FunctionNode][] => {
    if (node === null || node === undefined) return [];
    const fn = isFunction(node) ? node : program.javascript.functionOf({ module, node })?.node;
    return fn === undefined ? [] : [[name, fn]];
  };
  if (statement.type === 'ExportDefaultDeclaration') return of('default', statement.declaration);
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = statement;
  if (declaration?.type === 'FunctionDeclaration') return of(declaration.id?.name ?? 'default', declaration);
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id, init }) => (id.type === 'Identifier' ? of(id.name, init) : []));
  return [];
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

/** Functions that a place stands in, innermost first. */
export function functionsAround({ module, node }: Placed): FunctionNode[] {
  return nodesAbove(module.document.tree, node).filter(isFunction);
}
