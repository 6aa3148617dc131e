import { realtimeHub } from '../../facts/realtime-hub.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { connectionHubs } from '../connection-hubs.js';
import { redisClientOf } from '../javascript-redis.js';
import { libraryHubs } from './libraries.js';

/** Connections that a process keeps, and through which one client or request speaks to others: sockets, and events that a server sends. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* libraryHubs(program);
  const { javascript } = program;
  for (const { call, kept, name, path, told } of connectionHubs(program))
    yield state(
      realtimeHub,
      javascript.locate(kept ?? serverOf(program) ?? call),
      {
        store: told === undefined ? `the memory of the process (${name})` : 'a channel that all instances hear',
        scope: told === undefined ? 'process' : 'cluster',
        broadcasts: path === undefined ? unknown('who speaks to other connections is not known', [true, false]) : true,
        polling: false,
        explicit: true,
        setting: name,
        remedy: remedyOf(program),
      },
      [
        { message: 'it speaks to other connections here', location: javascript.locate(call) },
        ...(path?.evidence ?? []),
        ...(told === undefined
          ? []
          : [{ message: 'what other instances publish arrives here', location: javascript.locate(told) }]),
      ],
    );
}

/** Where the server of the connections is made, which is where one would mend it. */
function serverOf(program: Program): Placed | undefined {
  return program.javascript
    .uses('ws')
    .find(
      ({ receiver, steps }) =>
        receiver === undefined &&
        /^(?:WebSocketServer|Server|WebSocket\.Server|default\.Server)$/.test(steps.join('.')),
    );
}

function remedyOf(program: Program): string {
  const { package: client, made } = redisClientOf(program);
  return client === 'ioredis'
    ? `client.publish('messages', text) and in each instance subscriber.on('message', deliver), with ${made} of ioredis`
    : `client.publish('messages', text) and in each instance subscriber.subscribe('messages', deliver), with ${made} of redis`;
}
