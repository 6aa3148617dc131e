import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'redis',
  title: 'Redis and its kin',
  // Of whoever is given the address of a server it tells that they use it.
  everywhere: true,
  reads: [],
  runs: [
    {
      images:
        /(?:^|\/)(?:redis|valkey|keydb|dragonfly|redis-stack|redis-stack-server|redismod|redis-cluster|redis-sentinel|valkey-cluster|memcached)(?:-alpine|-debian)?$/,
      programs: /^(?:redis-server|valkey-server|keydb-server|dragonfly|memcached)$/,
      role: 'store',
    },
  ],
};
