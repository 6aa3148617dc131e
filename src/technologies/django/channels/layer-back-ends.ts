/** Where a channel layer hands messages on; `server` is decided by its address. */
export interface LayerBackEnd {
  /** In the words of its makers. */
  readonly store: string;
  readonly keeper: 'process' | 'host' | 'server' | 'cluster';
}

const memory: LayerBackEnd = { store: 'the memory of the process', keeper: 'process' };
const redis: LayerBackEnd = { store: 'Redis', keeper: 'server' };
const valkey: LayerBackEnd = { store: 'Valkey', keeper: 'server' };
const rabbitmq: LayerBackEnd = { store: 'RabbitMQ', keeper: 'server' };

/** https://channels.readthedocs.io/en/stable/topics/channel_layers.html, and each package's own documentation. */
const LAYERS: Readonly<Record<string, LayerBackEnd>> = {
  'channels.layers.InMemoryChannelLayer': memory,
  'channels_redis.core.RedisChannelLayer': redis,
  'channels_redis.pubsub.RedisPubSubChannelLayer': redis,
  'channels_valkey.core.ValkeyChannelLayer': valkey,
  'channels_valkey.pubsub.ValkeyPubSubChannelLayer': valkey,
  'channels_postgres.core.PostgresChannelLayer': { store: 'PostgreSQL', keeper: 'cluster' },
  'channels_rabbitmq.core.RabbitmqChannelLayer': rabbitmq,
  // Channels 1.
  'asgiref.inmemory.ChannelLayer': memory,
  'asgi_redis.RedisChannelLayer': redis,
  'asgi_redis.core.RedisChannelLayer': redis,
  'asgi_redis.RedisLocalChannelLayer': redis,
  'asgi_rabbitmq.RabbitmqChannelLayer': rabbitmq,
  'asgi_ipc.IPCChannelLayer': { store: 'shared memory of the machine', keeper: 'host' },
};

export function layerBackEnd(name: string): LayerBackEnd | undefined {
  return Object.hasOwn(LAYERS, name) ? LAYERS[name] : undefined;
}
