import type { Scope } from '../../../facts/fact.js';
import type { Program } from '../../../link/program.js';
import { entry, text, type Value } from '../../../link/value.js';
import { isUnknown, unknown, type Location } from '../../../location.js';
import { reasonFor } from '../../alternatives.js';
import { cachesOf } from '../caches.js';
import { scopeOfTables } from '../databases.js';
import { replacedLocally } from '../local-settings.js';
import { hostOf, networkPlace } from '../network-place.js';
import { REDIS_URL } from '../remedies.js';
import type { DjangoSettings } from '../settings.js';
import { isAtLeast } from '../version.js';
import { brokerAt, type Broker } from './broker.js';
import { celeryQueue, truthOf } from './celery.js';
import type { Queue } from './queue.js';

/** Queues of Celery, huey, django-q, django-rq, dramatiq and of Django itself. */
export function* queues(program: Program, settings: DjangoSettings): Iterable<Queue> {
  for (const one of queuesOf(program, settings)) {
    // Doing work at once is for developers: settings that end with code of each installation may end that. A variable
    // that decides is what installations are meant to set instead.
    const [setting = ''] = one.setting.split('[', 1);
    const written = settings.get(setting)?.origin.variables.length === 0;
    const elsewhere = one.runs === 'at-once' && written ? replacedLocally(program, settings, one.location) : undefined;
    yield elsewhere === undefined ? one : { ...one, runs: unknown(elsewhere, ['at-once', 'later']) };
  }
}

function* queuesOf(program: Program, settings: DjangoSettings): Iterable<Queue> {
  yield* celeryQueue(program, settings);
  yield* huey(program, settings);
  yield* djangoQ(program, settings);
  yield* rq(program, settings);
  yield* dramatiq(program, settings);
  yield* ownTasks(program, settings);
}

type Said = Pick<Queue, 'library' | 'setting' | 'remedy'> & {
  readonly name?: string;
  readonly at?: Location | undefined;
};

function queue(settings: DjangoSettings, said: Said, broker: Broker, runs: Queue['runs'] = 'later'): Queue {
  const { at, ...rest } = said;
  const [setting = said.setting] = said.setting.split('[', 1);
  return { name: said.library, ...rest, ...broker, runs, location: at ?? settings.placeOf(setting), evidence: [] };
}

function atOnce(settings: DjangoSettings, said: Said, value: Value): Queue | undefined {
  const truth = truthOf(value, said.setting);
  if (truth === false) return undefined;
  const runs: Queue['runs'] = truth === true ? 'at-once' : unknown(truth.unknown, ['at-once', 'later']);
  return queue(settings, said, { store: 'nothing: the request does it', scope: 'cluster' }, runs);
}

const STORES: Readonly<Record<string, readonly [store: string, scope: Scope | 'server']>> = {
  MemoryHuey: ['the memory of the process', 'process'],
  BlackHoleHuey: ['nothing', 'process'],
  SqliteHuey: ['SQLite', 'host'],
  FileHuey: ['files', 'host'],
  SqlHuey: ['the database', 'cluster'],
  PostgresHuey: ['the database', 'cluster'],
};

/** https://huey.readthedocs.io/en/latest/django.html: Redis on localhost, and at once where DEBUG is on. */
function* huey(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const value = settings.get('HUEY');
  if (value === undefined) return;
  const options = (name: string): Value | undefined =>
    entry(value, name) ?? (value.kind === 'external' ? value.call?.keywords.get(name) : undefined);
  const immediate = options('immediate') ?? (value.kind === 'dict' ? settings.get('DEBUG') : undefined);
  const at = value.origin.locations[0];
  const name = text(options('name')) ?? 'huey';
  const eager =
    immediate === undefined
      ? undefined
      : atOnce(
          settings,
          {
            library: 'huey',
            name,
            setting: 'HUEY["immediate"]',
            remedy: '"immediate": False',
            at: options('immediate')?.origin.locations[0] ?? at,
          },
          immediate,
        );
  if (eager !== undefined) {
    yield eager;
    if (eager.runs === 'at-once') return;
  }
  const dotted =
    value.kind === 'external' ? value.name.replace(/\(\)$/, '') : (text(options('huey_class')) ?? 'huey.RedisHuey');
  const own = dotted.split('.').at(-1) ?? dotted;
  const known = Object.hasOwn(STORES, own) ? STORES[own] : undefined;
  const said = {
    library: 'huey',
    name,
    setting: 'HUEY',
    remedy: `"huey_class": "huey.RedisHuey", "url": "${REDIS_URL}"`,
    at: options('huey_class')?.origin.locations[0] ?? at,
  } as const;
  if (known !== undefined)
    yield queue(settings, said, { store: known[0], scope: known[1] === 'server' ? 'host' : known[1] });
  else if (own.includes('Redis'))
    yield queue(
      settings,
      said,
      atRedis(
        program,
        options('url') ?? entry(options('connection'), 'url'),
        options('host') ?? entry(options('connection'), 'host'),
        'HUEY',
      ),
    );
  else if (value.kind === 'dict') {
    const reason = `where ${dotted} keeps work is not known here`;
    yield queue(settings, said, { store: unknown(reason), scope: unknown(reason) });
  }
}

function atRedis(program: Program, url: Value | undefined, host: Value | undefined, setting: string): Broker {
  if (url !== undefined && url.kind !== 'none') return brokerAt(program, url, setting);
  return { store: 'Redis', scope: host === undefined ? 'host' : networkPlace(program, host, setting).scope };
}

/** https://django-q2.readthedocs.io/en/master/configure.html */
function* djangoQ(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const value = settings.get('Q_CLUSTER');
  if (value?.kind !== 'dict') return;
  const said = (key: string, remedy: string): Said => ({
    library: 'django-q',
    setting: `Q_CLUSTER["${key}"]`,
    remedy,
    at: (entry(value, key) ?? value).origin.locations[0],
  });
  const sync = entry(value, 'sync');
  const eager = sync === undefined ? undefined : atOnce(settings, said('sync', '"sync": False, but in tests'), sync);
  if (eager !== undefined) {
    yield eager;
    if (eager.runs === 'at-once') return;
  }
  if (['sqs', 'iron_mq', 'mongo'].some((key) => entry(value, key) !== undefined)) {
    yield queue(settings, said('name', ''), { store: 'a service of its own', scope: 'cluster' });
    return;
  }
  if (entry(value, 'orm') !== undefined) {
    const tables = scopeOfTables(program).scope;
    // A database that one host has is what to mend.
    if (tables === 'cluster') yield queue(settings, said('orm', ''), { store: 'the database', scope: 'cluster' });
    return;
  }
  const alias = text(entry(value, 'django_redis'));
  const cache = alias === undefined ? undefined : cachesOf(program)?.find(({ name }) => name === alias);
  if (cache !== undefined) {
    yield queue(settings, said('django_redis', ''), { store: cache.store, scope: cache.scope });
    return;
  }
  const redis = entry(value, 'redis');
  const isUrl = redis?.kind === 'str' || redis?.kind === 'unknown';
  yield queue(
    settings,
    said('redis', `"redis": "${REDIS_URL}"`),
    atRedis(program, isUrl ? redis : undefined, entry(redis, 'host'), 'Q_CLUSTER["redis"]'),
  );
}

/** https://github.com/rq/django-rq: `ASYNC: False` runs each job where it is enqueued. */
function* rq(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const all = settings.get('RQ_QUEUES');
  if (all?.kind !== 'dict') return;
  for (const { key, value } of [...all.entries.values()].slice(0, 1)) {
    const name = text(key) ?? 'default';
    const setting = `RQ_QUEUES["${name}"]`;
    const asynchronous = entry(value, 'ASYNC');
    const truth = asynchronous === undefined ? true : truthOf(asynchronous, setting);
    if (truth === false) {
      yield queue(
        settings,
        { library: 'rq', name, setting, remedy: '"ASYNC": True, but in tests', at: asynchronous?.origin.locations[0] },
        { store: 'nothing: the request does it', scope: 'cluster' },
        'at-once',
      );
      continue;
    }
    const alias = text(entry(value, 'USE_REDIS_CACHE'));
    const cache = alias === undefined ? undefined : cachesOf(program)?.find((one) => one.name === alias);
    const url = entry(value, 'URL');
    const host = entry(value, 'HOST');
    const broker =
      cache === undefined ? atRedis(program, url, host, setting) : { store: cache.store, scope: cache.scope };
    yield queue(
      settings,
      { library: 'rq', name, setting, remedy: `"URL": "${REDIS_URL}"`, at: (url ?? host ?? value).origin.locations[0] },
      broker,
    );
  }
}

/** https://github.com/Bogdanp/django_dramatiq */
function* dramatiq(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const value = settings.get('DRAMATIQ_BROKER');
  const broker = entry(value, 'BROKER');
  const dotted = text(broker);
  if (value === undefined || dotted === undefined) return;
  const options = entry(value, 'OPTIONS');
  const remedy = `"BROKER": "dramatiq.brokers.redis.RedisBroker", "OPTIONS": {"url": "${REDIS_URL}"}`;
  const said: Said = { library: 'dramatiq', setting: 'DRAMATIQ_BROKER', remedy, at: broker?.origin.locations[0] };
  if (/stub/i.test(dotted)) yield queue(settings, said, { store: 'the memory of the process', scope: 'process' });
  else if (/redis/i.test(dotted))
    yield queue(settings, said, atRedis(program, entry(options, 'url'), entry(options, 'host'), 'DRAMATIQ_BROKER'));
  else if (/rabbitmq/i.test(dotted)) {
    const url = entry(options, 'url');
    const host = entry(options, 'host');
    const named: Value | undefined = url?.kind === 'str' ? { ...url, value: hostOf(url.value).host } : (url ?? host);
    yield queue(settings, said, {
      store: 'RabbitMQ',
      scope: named === undefined ? 'host' : networkPlace(program, named, 'DRAMATIQ_BROKER').scope,
    });
  }
}

/** https://docs.djangoproject.com/en/6.0/topics/tasks/: what nobody configures is done at once. */
function* ownTasks(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const backport = program.dependencies.some(({ name }) => name === 'django-tasks');
  const built = settings.djangoVersion !== undefined && isAtLeast(settings.djangoVersion, '6.0');
  if (!built && !backport) return;
  const value = settings.get('TASKS');
  const options = entry(value, 'default');
  const backEnd = entry(options, 'BACKEND');
  const dotted = text(backEnd) ?? (value === undefined ? 'ImmediateBackend' : undefined);
  const remedy =
    'TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}} of django-tasks-db, and a component that runs manage.py db_worker';
  const said: Said = { library: 'tasks', name: 'default', setting: 'TASKS', remedy, at: backEnd?.origin.locations[0] };
  if (dotted === undefined) {
    const reason = reasonFor(backEnd ?? options ?? value, 'TASKS');
    yield queue(
      settings,
      said,
      { store: unknown(reason), scope: unknown(reason) },
      unknown(reason, ['later', 'at-once']),
    );
  } else if (dotted.endsWith('ImmediateBackend'))
    yield queue(settings, said, { store: 'nothing: the request does it', scope: 'cluster' }, 'at-once');
  else if (dotted.endsWith('DatabaseBackend')) {
    const { scope } = scopeOfTables(program);
    if (!isUnknown(scope) && scope === 'cluster') yield queue(settings, said, { store: 'the database', scope });
  }
}
