import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { fanOuts, type FanOut } from './fan-out.js';
import { isReached } from './reached.js';
import { functionsAround } from './request-handlers.js';
import { requestPath, type RequestPath } from './request-path.js';
import { toldByOthers } from './told-by-others.js';

/** Connections of this process through which requests and other connections speak. */
export interface ConnectionHub extends FanOut {
  /** Undefined where nobody is known to call what speaks. */
  readonly path: RequestPath | undefined;
  /** Where what other instances publish arrives; undefined where nothing does. */
  readonly told: Placed | undefined;
}

const SOCKETS = [
  'ws',
  'express-ws',
  '@fastify/websocket',
  'fastify-websocket',
  'koa-websocket',
  'uWebSockets.js',
  'sockjs',
  '@nestjs/platform-ws',
  '@hono/node-ws',
  'crossws',
];

/** What Socket.IO keeps of its connections is its own affair. */
export function connectionHubs(program: Program): readonly ConnectionHub[] {
  return program.memo('connection-hubs', () => {
    const { javascript } = program;
    const sockets = SOCKETS.some((name) => javascript.imports(name));
    const events = javascript.modules.some(({ document }) => document.text.includes('text/event-stream'));
    if (!sockets && !events) return [];
    return fanOuts(program).flatMap((fan): ConnectionHub[] => {
      const writes = /^(?:write|enqueue|writeSSE)$/.test(calledOf(fan));
      if (writes ? !events : !sockets) return [];
      if (isReached(program, fan.call) === false) return [];
      const path = requestPath(program, fan.call);
      const { module } = fan.call;
      const called = functionsAround(fan.call).some((node) => javascript.callsOf({ module, node }).length > 0);
      // By a clock or an event of the process itself: each process tells its own connections what it finds.
      if (path === undefined && called) return [];
      return [{ ...fan, path, told: toldByOthers(program, fan.call) }];
    });
  });
}

function calledOf({ call }: FanOut): string {
  const { callee } = call.node;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}
