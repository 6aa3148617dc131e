import { state, type Stated } from '../../facts/fact.js';
import { realtimeHub } from '../../facts/realtime-hub.js';
import type { Program } from '../../link/program.js';
import { isReached } from '../reached.js';

const PACKAGE = 'graphql-subscriptions';

/**
 * `new PubSub()` hands what is published to the subscribers of its own process; its documentation says that it is not for production
 * and names the others (https://github.com/apollographql/graphql-subscriptions#pubsub-implementations).
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!javascript.imports(PACKAGE)) return;
  const uses = javascript.uses(PACKAGE);
  const publish = uses.find(({ steps }) => steps.join('.') === 'PubSub.new.publish');
  for (const made of uses) {
    if (made.steps.join('.') !== 'PubSub' || made.node.type !== 'NewExpression') continue;
    if (isReached(program, made) === false) continue;
    yield state(
      realtimeHub,
      javascript.locate(made),
      {
        store: 'the memory of the process (PubSub)',
        scope: 'process',
        broadcasts: publish !== undefined,
        polling: false,
        explicit: true,
        setting: 'PubSub of graphql-subscriptions',
        remedy: 'new RedisPubSub({ connection: process.env.REDIS_URL }) of graphql-redis-subscriptions',
      },
      publish === undefined ? [] : [{ message: 'it is published here', location: javascript.locate(publish) }],
    );
  }
}
