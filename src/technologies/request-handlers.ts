import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from '../link/javascript/syntax.js';
import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import type { Node } from '../parse/javascript/walk.js';
import { addByForm } from './handler-forms.js';
import { servedFunctions } from './served-files.js';

export { decoratorName } from './handler-forms.js';
export { isFunction };

/** Packages whose objects are given functions that answer requests or messages, by these methods. */
const GIVEN: readonly (readonly [packages: readonly string[], methods: RegExp])[] = [
  [
    [
      ...['express', 'fastify', 'koa', '@koa/router', 'koa-router', 'restify', 'polka', 'hono', '@hono/zod-openapi'],
      ...['connect', '@hapi/hapi', 'hapi', 'find-my-way', 'express-ws', 'elysia', 'router', 'express-promise-router'],
      ...['next-connect', '@tinyhttp/app', 'itty-router', 'h3', 'hyper-express', 'micro', '@loopback/rest'],
    ],
    /^(?:get|post|put|patch|delete|del|all|use|options|head|route|param|ws|addHook|method|ext|on|openapi|handler|onBeforeHandle|derive|resolve|eventHandler|defineEventHandler)$/,
  ],
  [['socket.io', 'ws', 'uWebSockets.js', 'sockjs'], /^(?:on|use|once|ws|any|get|post)$/],
  [['node:http', 'node:https', 'node:http2'], /^(?:createServer|createSecureServer|on)$/],
  // https://trpc.io/docs/server/procedures
  [['@trpc/server'], /^(?:query|mutation|subscription|use|middleware)$/],
  // https://orpc.unnoq.com, https://next-safe-action.dev, https://zsa.vercel.app
  [['@orpc/server', 'next-safe-action', 'zsa'], /^(?:handler|action|use)$/],
  // https://docs.meteor.com/api/meteor#Meteor-methods
  [['meteor'], /^(?:methods|publish|publishComposite|use)$/],
  [['@connectrpc/connect'], /^(?:service|rpc)$/],
];

/** Packages that are given an object of functions by any names. */
const BY_NAME = /^(?:methods|service)$/;

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
          // What such a function is handed may have methods of the same names: `ctx.db.query`.
          if (name.startsWith('@trpc/') && use.steps.some((step) => step.startsWith('=>'))) continue;
          const [first] = use.node.arguments;
          if (first?.type === 'Literal' && typeof first.value === 'string' && LIFECYCLE.test(first.value)) continue;
          // Of plain servers only these events are requests; the others tell of the sockets below.
          if (name.startsWith('node:') && first?.type === 'Literal' && !NODE_EVENTS.test(String(first.value))) continue;
          const what =
            first?.type === 'Literal' && typeof first.value === 'string' ? ` ${first.value.slice(0, 60)}` : '';
          for (const handler of functionsIn(program, use, BY_NAME.test(method)))
            found.set(handler, `it is given to ${method}${what}`);
        }
      }
    }
    for (const module of program.javascript.modules) {
      for (const fn of servedFunctions(program, module)) found.set(fn, `${module.path} answers requests`);
      addByForm(program, module, found, (fn, reason) => found.set(fn, reason));
    }
    return found;
  });
}

/** What options of a route call for requests. */
const MEMBERS = /^(?:handler|preHandler|preValidation|onRequest|method|open|message|close|run)$/;

/** Functions among the arguments of a call: themselves, in lists, as `handler` of options. */
function functionsIn(
  program: Program,
  { module, node: call }: Placed<TSESTree.CallExpression | TSESTree.NewExpression>,
  byAnyName: boolean,
): FunctionNode[] {
  const of = (node: Node): FunctionNode[] => {
    if (node.type === 'ArrayExpression')
      return node.elements.flatMap((element) => (element === null ? [] : of(element)));
    if (node.type === 'ObjectExpression')
      return node.properties.flatMap((property) =>
        property.type === 'Property' &&
        (byAnyName || (property.key.type === 'Identifier' && MEMBERS.test(property.key.name)))
          ? of(property.value)
          : [],
      );
    if (node.type === 'SpreadElement' || node.type === 'Literal' || node.type === 'TemplateLiteral') return [];
    const fn = program.javascript.functionOf({ module, node });
    return fn === undefined ? [] : [fn.node];
  };
  return call.arguments.flatMap(of);
}

/** Functions that a place stands in, innermost first. */
export function functionsAround({ module, node }: Placed): FunctionNode[] {
  return nodesAbove(module.document.tree, node).filter(isFunction);
}
