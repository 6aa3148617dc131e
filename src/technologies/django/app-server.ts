import { unknown } from '../../location.js';
import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { items, text } from '../../link/value.js';
import { program as programOf } from '../../parse/shell/program.js';
import { servingCalls } from '../python-serving-calls.js';
import { settingsOf } from './settings.js';

/**
 * Commands of manage.py that serve requests. Django's documentation says of runserver: do not use this server in a
 * production setting. runserver_plus is of django-extensions, devserver of django-devserver.
 */
const SERVERS: ReadonlySet<string> = new Set([
  'runserver',
  'runserver_plus',
  'runsslserver',
  'devserver',
  'testserver',
]);

export function* fromProgram(program: Program): Iterable<Stated> {
  yield* fromCommands(program);
  yield* fromCalls(program);
}

function* fromCommands(program: Program): Iterable<Stated> {
  for (const { words, location } of program.launch.commands) {
    const management = managementCommand(words);
    if (management === undefined || !SERVERS.has(management.name)) continue;
    const oneByOne = management.args.includes('--nothreading') || management.name === 'testserver';
    const onLoop = management.name === 'runserver' && servesAsgi(program);
    yield state(appServer, location, {
      server: management.name,
      development: true,
      concurrency: oneByOne ? 'sync' : onLoop ? 'event-loop' : 'threads',
      processes: 1,
      threads: oneByOne ? 1 : unknown('it starts a thread for each request'),
      explicit: false,
      setting: management.name,
      remedy: productionServer(program),
    });
  }
}

/** `call_command("runserver")` and `execute_from_command_line(["manage.py", "runserver"])` of what the component runs. */
function* fromCalls(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  for (const { place, location, evidence } of servingCalls(
    program,
    /\b(?:call_command|execute_from_command_line)\b/,
    /^django\.core\.management\.(?:call_command|execute_from_command_line)$/,
  )) {
    const [given] = place.node.args;
    const word = given?.type === 'List' ? given.elts[1] : given;
    const name = word?.type === 'Constant' && word.kind === 'str' ? word.value : '';
    if (!SERVERS.has(name)) continue;
    yield state(
      appServer,
      location,
      {
        server: name,
        development: true,
        concurrency: servesAsgi(program) ? 'event-loop' : 'threads',
        processes: 1,
        threads: unknown('it starts a thread for each request'),
        explicit: false,
        setting: name,
        remedy: productionServer(program),
      },
      evidence,
    );
    return;
  }
}

/** https://docs.djangoproject.com/en/5.2/howto/deployment/ */
function productionServer(program: Program): string {
  const settings = settingsOf(program);
  const module = (name: string): string | undefined => text(settings?.get(name))?.replace(/\.(\w+)$/, ':$1');
  const bind = '--bind 0.0.0.0:8000';
  const asgi = servesAsgi(program) ? module('ASGI_APPLICATION') : undefined;
  if (asgi !== undefined) return `gunicorn ${asgi} -k uvicorn_worker.UvicornWorker --workers 4 ${bind}`;
  return `gunicorn ${module('WSGI_APPLICATION') ?? 'project.wsgi:application'} --workers 4 --threads 2 ${bind}`;
}

/** The command of `manage.py` that a line of words runs, through the interpreter and whatever wraps it. */
export function managementCommand(words: readonly string[]): { name: string; args: readonly string[] } | undefined {
  const { name, args } = programOf(words);
  let rest = args;
  if (/^(python|pypy)[\d.]*$/.test(name)) {
    const script = args.findIndex((word) => !word.startsWith('-'));
    if (script < 0 || !isEntry(args[script] ?? '')) return undefined;
    rest = args.slice(script + 1);
  } else if (!isEntry(name)) return undefined;
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const command = rest[at];
  return command === undefined ? undefined : { name: command, args: rest.slice(at + 1) };
}

function isEntry(program: string): boolean {
  return /(^|\/)([\w-]{0,60}manage(\.py)?|django-admin(\.py)?|django)$/.test(program);
}

/** Daphne and Channels before 4 replace runserver by one on an event loop. */
function servesAsgi(program: Program): boolean {
  const apps = items(settingsOf(program)?.get('INSTALLED_APPS'));
  return apps?.some((app) => text(app) === 'daphne') ?? false;
}
