import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, type Value } from '../../link/value.js';
import type { Engine } from './back-ends.js';
import type { DatabaseAlias } from './databases.js';
import type { DjangoSettings } from './settings.js';
import { isAtLeast } from './version.js';

export interface Remedies {
  readonly onThreads: string;
  readonly onLoop: string;
  readonly forGreenlets: string;
}

/** The lines that make requests reuse connections, by what serves them: `kept` where threads keep theirs already. */
export function remediesFor(
  program: Program,
  settings: DjangoSettings,
  alias: DatabaseAlias,
  engine: Engine,
  kept: boolean,
): Remedies {
  const age = entry(alias.options[0], 'CONN_MAX_AGE');
  const loop = onLoop(program, settings, alias, engine);
  const threads = ageLine(program, settings, alias, age, 60);
  const off = kept ? `${ageLine(program, settings, alias, age, 0)}, and ` : '';
  return {
    onThreads: kept ? '' : mayServeOnLoop(program, settings) ? `${threads} under WSGI; under ASGI ${loop}` : threads,
    onLoop: off + loop,
    forGreenlets: off + forGreenlets(program, engine),
  };
}

const SERVER =
  /(?:^|\/)(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|waitress-serve|mod_wsgi-express|apache2?|httpd|celery)$/;

/** Where no command tells what serves requests: whether the project is made for a server on an event loop as well. */
function mayServeOnLoop({ launch, dependencies }: Program, settings: DjangoSettings): boolean {
  if (launch.commands.some(({ words }) => words.some((word) => SERVER.test(word)))) return false;
  return (
    settings.get('ASGI_APPLICATION') !== undefined ||
    dependencies.some(({ name, development }) => !development && /^(?:uvicorn|daphne|hypercorn|channels)$/.test(name))
  );
}

/** In the environment where a variable decides it, among the arguments of a call that reads a URL, else as an entry. */
function ageLine(
  program: Program,
  settings: DjangoSettings,
  alias: DatabaseAlias,
  age: Value | undefined,
  seconds: number,
): string {
  const variable = age?.origin.variables.find((name) => /AGE|CONN/.test(name));
  if (variable !== undefined) return `${variable}=${seconds}`;
  const tried = seconds > 0 && isAtLeast(settings.djangoVersion, '4.1');
  const misplaced = misplacedAge(settings, age);
  const source = callOf(program, alias);
  if (source !== undefined && /\bdj_database_url\.(?:config|parse)\s*\(/.test(source)) {
    return `conn_max_age=${seconds}${tried ? ', conn_health_checks=True' : ''} among the arguments of dj_database_url`;
  }
  if (source !== undefined || misplaced !== undefined) {
    const line = (name: string, value: string): string => `DATABASES["${alias.name}"]["${name}"] = ${value}`;
    const lines = [line('CONN_MAX_AGE', String(seconds)), ...(tried ? [line('CONN_HEALTH_CHECKS', 'True')] : [])];
    return lines.join('; ') + (misplaced !== undefined ? ' (Django reads no CONN_MAX_AGE outside of DATABASES)' : '');
  }
  return `"CONN_MAX_AGE": ${seconds}${tried ? ', "CONN_HEALTH_CHECKS": True' : ''}`;
}

/** Where CONN_MAX_AGE is set outside of DATABASES, where Django does not read it, while the entry has none but a library's 0. */
export function misplacedAge(settings: DjangoSettings, age: Value | undefined): Location | undefined {
  const outside = settings.names.get('CONN_MAX_AGE');
  return isZero(age) && !isZero(outside) ? outside?.origin.locations[0] : undefined;
}

function isZero(age: Value | undefined): boolean {
  return age === undefined || (age.kind === 'int' && Number(age.value) === 0);
}

/** The text of a call that makes the entry of the database; undefined where its keys are written out. */
function callOf(program: Program, alias: DatabaseAlias): string | undefined {
  const { uri, region } = alias.entry;
  const lines = program.inventory.read(uri)?.split('\n') ?? [];
  const text = lines.slice(region.startLine - 1, Math.max(region.endLine, region.startLine)).join('\n');
  return text.includes('(') && !/["']ENGINE["']/.test(text) && !/^\s*["'][\w-]+["']\s*:\s*\{/.test(text)
    ? text
    : undefined;
}

/** https://docs.djangoproject.com/en/stable/ref/databases/#persistent-connections: none under ASGI, a pool instead. */
function onLoop(program: Program, settings: DjangoSettings, alias: DatabaseAlias, { engine }: Engine): string {
  const options = (pool: string): string =>
    callOf(program, alias) === undefined
      ? `"OPTIONS": {"pool": ${pool}}`
      : `DATABASES["${alias.name}"]["OPTIONS"] = {"pool": ${pool}}`;
  if (engine === 'postgresql' && isAtLeast(settings.djangoVersion, '5.1')) {
    const package_ = isOnPsycopg2(program) ? ', with psycopg[pool] in place of psycopg2' : '';
    return `${options('{"min_size": 2, "max_size": 8}')}${package_}`;
  }
  if (engine === 'oracle' && isAtLeast(settings.djangoVersion, '5.2')) return options('{"min": 2, "max": 8}');
  return engine === 'postgresql'
    ? 'a pooler such as PgBouncer between (Django has a pool of its own since 5.1), CONN_MAX_AGE staying 0'
    : 'a pooler such as ProxySQL between, CONN_MAX_AGE staying 0';
}

/** https://github.com/jneight/django-db-geventpool#settings */
function forGreenlets(program: Program, { engine }: Engine): string {
  if (engine !== 'postgresql') return 'a pooler such as ProxySQL between, CONN_MAX_AGE staying 0';
  const driver = isOnPsycopg2(program) ? 'psycopg2' : 'psycopg3';
  return `"ENGINE": "django_db_geventpool.backends.postgresql_${driver}" with "OPTIONS": {"MAX_CONNS": 20}`;
}

function isOnPsycopg2({ dependencies }: Program): boolean {
  const names = new Set(dependencies.map(({ name }) => name));
  return !names.has('psycopg') && (names.has('psycopg2') || names.has('psycopg2-binary'));
}
