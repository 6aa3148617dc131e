import { appServer } from '../../facts/app-server.js';
import { state, type Stated, type ValuesOf } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { words } from '../../parse/shell/words.js';
import { constantOf, givenBy, isOn, numberGiven } from '../python-serving-calls.js';
import { byConcurrency, byDefault, byOption, option, started, type Decision, type Started } from '../started.js';
import { configurationOf } from './configuration.js';
import { ownApplication } from './own-application.js';

type Properties = ValuesOf<(typeof appServer)['properties']>;

/** https://docs.gunicorn.org/en/stable/settings.html#worker-connections */
const WORKER_CONNECTIONS = 1000;

export function* fromProgram(program: Program): Iterable<Stated> {
  const starts = started(program, /^gunicorn(?:3|_django|_paster)?$/).filter(({ args }) => !isQuestion(args));
  const servers = starts.map((start) => serverOf(start, program));
  const [first, ...others] = servers;
  if (first === undefined) {
    yield* fromOwnApplication(program);
    return;
  }
  yield state(
    appServer,
    first.processes.location,
    others.reduce((before, { properties }) => either(before, properties), first.properties),
    starts
      .filter(({ location }) => location !== first.processes.location)
      .map(({ location }) => ({ message: 'gunicorn is started here', location })),
  );
}

function* fromOwnApplication(program: Program): Iterable<Stated> {
  const own = ownApplication(program);
  if (own === undefined) return;
  const processes = numberGiven(program, own, 'workers', 1);
  const threads = numberGiven(program, own, 'threads', 1).value;
  const given = givenBy(program, own.place, 'worker_class');
  const named = given === undefined ? undefined : constantOf(program, given);
  const workerClass = given === undefined ? 'sync' : named?.kind === 'str' ? named.value : undefined;
  const concurrency =
    workerClass === undefined
      ? unknown<Concurrency>('the worker class is worked out when it starts')
      : concurrencyOf(workerClass, threads);
  yield state(
    appServer,
    processes.location,
    {
      server: 'gunicorn',
      development: isOn(program, own, ['reload']),
      concurrency,
      processes: processes.value,
      threads: requestsPerProcess(concurrency, threads, WORKER_CONNECTIONS),
      explicit: processes.explicit,
      setting: 'workers',
      remedy: '"workers": multiprocessing.cpu_count() * 2 + 1',
    },
    own.evidence,
  );
}

/** `gunicorn --check-config` and the like start nothing. */
function isQuestion(args: readonly string[]): boolean {
  return args.some((word) => /^(?:--check-config|--print-config|--version|-v|--help|-h)$/.test(word));
}

/**
 * https://docs.gunicorn.org/en/stable/configure.html: the command line wins over GUNICORN_CMD_ARGS, that over the
 * configuration file, and WEB_CONCURRENCY is the default that all three replace.
 */
function serverOf(start: Started, program: Program): { properties: Properties; processes: Decision } {
  const variable = start.variable('GUNICORN_CMD_ARGS');
  const more = variable === undefined || isUnknown(variable.value) ? [] : words(variable.value);
  const argumentsStart: Started = { ...start, args: more, location: variable?.location ?? start.location };
  const file = configurationOf(start, more, program);

  const number = (name: string, flags: readonly string[], fallback: Decision): Decision =>
    byOption(start, flags) ??
    byOption(argumentsStart, flags) ??
    (variable !== undefined && isUnknown(variable.value)
      ? { ...fallback, value: unknown(variable.value.unknown), explicit: true, setting: 'GUNICORN_CMD_ARGS' }
      : undefined) ??
    file?.number(name) ??
    fallback;

  const processes = number('workers', ['-w', '--workers'], byConcurrency(start, '--workers'));
  const threads = number('threads', ['--threads'], byDefault(start, 1, '--threads')).value;
  const connections = number(
    'worker_connections',
    ['--worker-connections'],
    byDefault(start, WORKER_CONNECTIONS, '--worker-connections'),
  ).value;
  const workerClass =
    option(start.args, ['-k', '--worker-class']) ??
    option(more, ['-k', '--worker-class']) ??
    file?.text('worker_class') ??
    'sync';
  const concurrency = isUnknown(workerClass)
    ? unknown<Concurrency>(workerClass.unknown)
    : concurrencyOf(workerClass, threads);
  return {
    processes,
    properties: {
      server: 'gunicorn',
      // "This setting is intended for development", says gunicorn of --reload.
      development: start.args.includes('--reload') || more.includes('--reload') || (file?.on('reload') ?? false),
      concurrency,
      processes: processes.value,
      threads: requestsPerProcess(concurrency, threads, connections),
      explicit: processes.explicit,
      setting: processes.setting,
      remedy:
        processes.setting === 'workers'
          ? 'workers = multiprocessing.cpu_count() * 2 + 1'
          : 'gunicorn --workers 4 --threads 2',
    },
  };
}

type Concurrency = 'sync' | 'threads' | 'event-loop' | 'greenlets';

/** https://docs.gunicorn.org/en/stable/settings.html#worker-class; more threads than one turn `sync` into `gthread`. */
function concurrencyOf(workerClass: string, threads: Maybe<number>): Maybe<Concurrency> {
  if (/^(?:gunicorn\.workers\.)?(?:ggevent|gevent|eventlet|geventlet)/i.test(workerClass)) return 'greenlets';
  if (/gthread/i.test(workerClass)) return 'threads';
  if (/uvicorn|tornado|aiohttp|asgi|hypercorn|granian/i.test(workerClass)) return 'event-loop';
  if (!/^(?:sync$|gunicorn\.workers\.sync|SyncWorker$)/.test(workerClass)) {
    return unknown(`the worker class ${workerClass} is not known`);
  }
  if (isUnknown(threads)) return unknown(threads.unknown, ['sync', 'threads']);
  return threads > 1 ? 'threads' : 'sync';
}

function requestsPerProcess(
  concurrency: Maybe<Concurrency>,
  threads: Maybe<number>,
  connections: Maybe<number>,
): Maybe<number> {
  if (isUnknown(concurrency)) return unknown(concurrency.unknown);
  if (concurrency === 'sync') return 1;
  if (concurrency === 'threads') return threads;
  return concurrency === 'greenlets' ? connections : unknown('an event loop takes on as many requests as come');
}

/** What holds where a script starts one or the other. */
function either(a: Properties, b: Properties): Properties {
  const merged = Object.entries(a).map(([name, value]) => {
    const other = b[name as keyof Properties];
    if (JSON.stringify(value) === JSON.stringify(other)) return [name, value];
    const candidates = [value, other].filter((one) => !isUnknown(one));
    return [
      name,
      candidates.length === 2
        ? unknown('it is started in more than one way', candidates)
        : unknown('it is started in more than one way'),
    ];
  });
  return Object.fromEntries(merged) as Properties;
}
