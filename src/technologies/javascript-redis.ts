import type { Program } from '../link/program.js';

/** The Redis client that a project has, for lines to write: its package, and how one is made with the address it already knows. */
export interface RedisClient {
  readonly package: 'ioredis' | 'redis';
  /** An expression that makes a client. */
  readonly made: string;
}

export function redisClientOf(program: Program): RedisClient {
  const { javascript, launch } = program;
  const declared = (name: string): boolean => javascript.dependency(name)?.development === false;
  const address = [...launch.environment.keys()].find((name) => /^(?:\w+_)?REDIS_(?:URL|URI|TLS_URL)$/.test(name));
  const url = `process.env.${address ?? 'REDIS_URL'}`;
  if (declared('ioredis') || (declared('bullmq') && !declared('redis')))
    return { package: 'ioredis', made: `new Redis(${url})` };
  return { package: 'redis', made: `createClient({ url: ${url} })` };
}
