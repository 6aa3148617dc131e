import { expect, it } from 'vitest';
import { expression, programOf } from './javascript-sources.js';
import { createJavaScriptProgram } from '../src/link/javascript/create-javascript-program.js';
import { sourcesOf } from './javascript-sources.js';
import type { Value } from '../src/link/value.js';

const shown = (value: Value): unknown =>
  value.kind === 'str' || value.kind === 'bool' || value.kind === 'int' ? value.value : value.kind;

async function settings(source: string, names: readonly string[], environment: Record<string, string> = {}) {
  const sources = await sourcesOf({ 'main.js': source }, 'main.js');
  const variables = new Map(Object.entries(environment).map(([name, value]) => [name, { value }]));
  const program = createJavaScriptProgram({ ...sources, launch: { ...sources.launch, environment: variables } });
  return names.map((name) => {
    const value = program.value(expression(program, 'main.js', name));
    return [shown(value), value.origin.variables.join()];
  });
}

it('the default of a schema counts where no variable is set, and is known to depend on it', async () => {
  const source = `import { z } from 'zod';
const base = z.object({ DRIVER: z.enum(['memory', 'redis']).default('memory') });
const schema = base.extend({ LIMIT: z.coerce.number().default(5), SHARED: z.stringbool().default(false), URL: z.string().optional() });
const env = schema.parse(process.env);
use(env.DRIVER, env.LIMIT, env.SHARED, env.URL, env.OTHER);`;
  const names = ['env.DRIVER', 'env.LIMIT', 'env.SHARED', 'env.URL', 'env.OTHER'];
  expect(await settings(source, names)).toEqual([
    ['memory', 'DRIVER'],
    [5, 'LIMIT'],
    [false, 'SHARED'],
    ['none', 'URL'],
    ['external', ''],
  ]);
  expect(await settings(source, names, { DRIVER: 'redis', LIMIT: '9', SHARED: 'true', URL: 'x' })).toEqual([
    ['redis', 'DRIVER'],
    [9, 'LIMIT'],
    [true, 'SHARED'],
    ['x', 'URL'],
    ['external', ''],
  ]);
});

it('schemas of Joi, with an input of the program in between', async () => {
  const source = `const joi = require('joi');
const schema = joi.object().keys({ local: joi.boolean().default(true), redis: joi.object({ host: joi.string().default('localhost') }) });
const input = { local: process.env.LOCAL_CACHE, redis: { host: process.env.REDIS_HOST } };
const { error, value } = schema.prefs({ convert: true }).validate(input);
const config = joi.attempt(input, schema);
use(value.local, value.redis.host, config.local);`;
  const names = ['value.local', 'value.redis.host', 'config.local'];
  expect(await settings(source, names)).toEqual([
    [true, 'LOCAL_CACHE'],
    ['localhost', 'REDIS_HOST'],
    [true, 'LOCAL_CACHE'],
  ]);
  expect(await settings(source, names, { LOCAL_CACHE: 'false', REDIS_HOST: 'cache' })).toEqual([
    [false, 'LOCAL_CACHE'],
    ['cache', 'REDIS_HOST'],
    [false, 'LOCAL_CACHE'],
  ]);
});

it('envalid, t3-env, convict, env-var and the configuration of Nest', async () => {
  const source = `import { cleanEnv, str, bool } from 'envalid';
import { createEnv } from '@t3-oss/env-core';
import { z } from 'zod';
import convict from 'convict';
import variable from 'env-var';
import { ConfigService } from '@nestjs/config';
const one = cleanEnv(process.env, { STORE: str({ default: 'memory' }), SHARED: bool({ default: false }) });
const two = createEnv({ server: { QUEUE: z.string().default('memory') }, runtimeEnv: process.env });
const three = convict({ cache: { driver: { format: String, default: 'memory', env: 'CACHE_DRIVER' } } });
const four = variable.get('LOCKS').default('memory').asString();
const five = new ConfigService();
use(one.STORE, one.SHARED, two.QUEUE, three.get('cache.driver'), four, five.get('HUB', 'memory'));`;
  const names = [
    'one.STORE',
    'one.SHARED',
    'two.QUEUE',
    "three.get('cache.driver')",
    'four',
    "five.get('HUB', 'memory')",
  ];
  expect((await settings(source, names)).map(([value]) => value)).toEqual([
    'memory',
    false,
    'memory',
    'memory',
    'memory',
    'memory',
  ]);
  const set = { STORE: 'a', SHARED: '1', QUEUE: 'b', CACHE_DRIVER: 'c', LOCKS: 'd', HUB: 'e' };
  expect((await settings(source, names, set)).map(([value]) => value)).toEqual(['a', true, 'b', 'c', 'd', 'e']);
});

it('schemas that lead back to themselves, and very long ones, end', async () => {
  const circle = `import { z } from 'zod';
const a = z.lazy(() => b).extend(b.shape); const b = z.object({ ...a.shape, X: b.shape.X });
const env = a.parse(a.parse(process.env)); use(env.X);`;
  const program = await programOf({ 'main.js': circle }, 'main.js');
  expect(['none', 'unknown', 'external']).toContain(program.value(expression(program, 'main.js', 'env.X')).kind);
  const keys = Array.from({ length: 5000 }, (_, i) => `K${i}: z.string().default('${i}')`).join(',\n');
  const long = `import { z } from 'zod';\nconst env = z.object({ ${keys} })${'.strict()'.repeat(100)}.parse(process.env);\nuse(env.K4999);`;
  const started = performance.now();
  const found = await programOf({ 'main.js': long }, 'main.js');
  expect(['str', 'unknown', 'external']).toContain(found.value(expression(found, 'main.js', 'env.K4999')).kind);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('what is checked again and again comes to an end, and is not known', async () => {
  const source = `import { z } from 'zod';
const schema = z.object({ DRIVER: z.string().default('memory') });
export function check(body) {
  let query = body;
  if (schema) {
    const result = schema.safeParse(query);
    query = result.data;
  }
  use(query.DRIVER);
}
let left = schema.parse(right);
let right = schema.parse(left);
use(left.DRIVER, right.DRIVER);`;
  const names = ['query.DRIVER', 'left.DRIVER', 'right.DRIVER'];
  for (const [value] of await settings(source, names)) expect(['unknown', 'external']).toContain(value);
});
