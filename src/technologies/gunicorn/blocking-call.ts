import { blockingCall } from '../../facts/blocking-call.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { option, started } from '../started.js';

/** Drivers whose waiting is done in C, where nothing that is patched can take its place, and what makes them give way. */
const DRIVERS: readonly { readonly packages: RegExp; readonly tamed: RegExp; readonly remedy: string }[] = [
  {
    // https://www.psycopg.org/docs/advanced.html#support-for-coroutine-libraries; psycopg 3 waits in Python.
    packages: /^psycopg2(?:-binary)?$/,
    tamed: /^(?:psycogreen|django-db-geventpool)$/,
    remedy: 'psycogreen.gevent.patch_psycopg() in post_fork of gunicorn.conf.py, or --worker-class gthread --threads 8',
  },
  {
    // https://github.com/PyMySQL/mysqlclient: it wraps the C library; PyMySQL is Python.
    packages: /^mysqlclient$/,
    tamed: /^pymysql$/,
    remedy: 'pymysql.install_as_MySQLdb(), or --worker-class gthread --threads 8',
  },
];

/** A worker of green threads in which every query stops all of them. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const start = started(program, /^gunicorn3?$/).find(({ args }) =>
    /^(?:gevent|ggevent|eventlet)$/.test(option(args, ['-k', '--worker-class']) ?? ''),
  );
  if (start === undefined) return;
  const installed = program.dependencies.filter(({ development }) => !development);
  const servers = DRIVERS.filter(({ packages }) => installed.some(({ name }) => packages.test(name)));
  const [driver] = servers;
  // With several drivers nobody knows which one is used.
  if (driver === undefined || servers.length > 1 || program.dependencies.some(({ name }) => driver.tamed.test(name)))
    return;
  const found = installed.find(({ name }) => driver.packages.test(name));
  if (found === undefined) return;
  yield state(
    blockingCall,
    start.location,
    {
      call: `Each query of ${found.name}`,
      kind: 'database',
      handler: 'all views',
      loop: 'by-greenlets',
      remedy: driver.remedy,
    },
    [{ message: 'this driver waits in C, which no green thread gives way to', location: found.location }],
  );
}
