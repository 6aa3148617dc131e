import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { realtimeHub } from '../../facts/realtime-hub.js';
import { items, text } from '../../link/value.js';
import type { JavaScriptProgram, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { argument, nameOf } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { adapterOf } from './adapter.js';
import { broadcastOf } from './broadcasts.js';

/** Servers of Socket.IO, and gateways of Nest, which makes a server for them. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  const servers = javascript.imports('socket.io') ? javascript.uses('socket.io').filter(makesServer) : [];
  const [first] = servers;
  const place = first ?? gatewayOf(javascript);
  if (place === undefined) return;
  const options = servers.map(optionsOf);
  const adapter = adapterOf(program, options);
  const broadcast = broadcastOf(program, new Set(servers.map(({ node }) => node)));
  const { package: client, made } = redisClientOf(program);
  yield state(
    realtimeHub,
    javascript.locate(place),
    {
      store: adapter.store,
      scope: adapter.scope,
      broadcasts: broadcast !== undefined,
      polling: polls(javascript, options),
      explicit: adapter.explicit,
      setting: adapter.setting,
      remedy: `io.adapter(createAdapter(client, client.duplicate())) of @socket.io/redis-adapter, with client = ${made} of ${client}`,
    },
    [
      ...(broadcast === undefined
        ? []
        : [{ message: 'it speaks to other connections here', location: javascript.locate(broadcast) }]),
      ...adapter.evidence,
    ],
  );
}

/** `new Server(...)`, `require('socket.io')(...)`, `io.listen(...)` of the package itself. */
function makesServer({ receiver, steps }: Use): boolean {
  const last = steps.at(-1) ?? 'default';
  return receiver === undefined && /^(?:Server|default|listen)$/.test(last);
}

/** Options stand last, after a server or port where there is one: `new Server(httpServer, { ... })`, `new Server({ ... })`. */
function optionsOf(use: Use): Placed | undefined {
  return argument(use, 1) ?? (argument(use, 0)?.node.type === 'ObjectExpression' ? argument(use, 0) : undefined);
}

/** Whether clients may begin with long polling: they do unless the transports are written out without it. */
function polls(javascript: JavaScriptProgram, options: readonly (Placed | undefined)[]): Maybe<boolean> {
  for (const option of options) {
    const transports = option === undefined ? 'absent' : javascript.option(option, 'transports');
    if (transports === 'absent') continue;
    if (transports === undefined) return unknown('the options of the server cannot be followed to "transports"');
    const names = items(javascript.value(transports))?.map(text);
    if (names === undefined || names.includes(undefined)) return unknown('the transports of the server are not known');
    if (!names.includes('polling')) return false;
  }
  return true;
}

/** A class that Nest makes a gateway: its decorator, where the component serves gateways by Socket.IO. */
function gatewayOf(javascript: JavaScriptProgram): Placed | undefined {
  if (!javascript.imports('@nestjs/websockets')) return undefined;
  // Nest serves gateways by Socket.IO where that package is installed and no other adapter is asked for.
  if (javascript.dependency('@nestjs/platform-socket.io') === undefined || javascript.imports('@nestjs/platform-ws'))
    return undefined;
  for (const module of javascript.modules) {
    if (!module.document.text.includes('WebSocketGateway')) continue;
    let found: TSESTree.Node | undefined;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type === 'Decorator' && nameOf(node.expression) === 'WebSocketGateway') found ??= node;
    });
    if (found !== undefined) return { module, node: found };
  }
  return undefined;
}
