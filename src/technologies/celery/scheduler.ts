import { scheduler } from '../../facts/scheduler.js';
import { state, type Scope, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { option, type Started } from '../started.js';
import { startedScripts } from '../started-scripts.js';
import { scheduleOf } from './schedule.js';

/**
 * Beat starts each entry of its schedule, and knows nothing of a second beat
 * (https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html: "ensure only a single scheduler is running"). It is
 * told where it runs: beside something else, or in a component of its own.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const all = startedScripts(program);
  const beat = all.find((start) => isBeat(start) || isEmbedded(start));
  if (beat === undefined) return;
  const others = all.filter((start) => start !== beat && stays(start));
  const embedded = isEmbedded(beat);
  const schedule = scheduleOf(program);
  yield state(
    scheduler,
    placeOf(beat),
    {
      name: namesOf(schedule.names),
      every: 'by the schedule of beat',
      scope: scopeOf(program, beat, embedded || others.length > 0 ? 'host' : 'process'),
      effect: 'sends',
      does: 'a second copy of each task',
      setting: embedded ? 'celery worker --beat' : 'celery beat',
      remedy: remedyOf(beat, embedded || others.length > 0),
    },
    schedule.evidence.slice(0, 3),
  );
}

/** `celery -A shop beat`, `celerybeat`, `manage.py celery beat` of django-celery. */
function isBeat({ name, args }: Started): boolean {
  if (name === 'celerybeat') return true;
  if (name === 'manage.py' || name === 'django-admin')
    return args[0] === 'celerybeat' || (args[0] === 'celery' && args.includes('beat'));
  return name === 'celery' && args.includes('beat') && !args.includes('worker');
}

/** `celery worker -B`: each worker has a beat of its own. */
function isEmbedded({ name, args }: Started): boolean {
  if (!/^(?:celeryd?|manage\.py)$/.test(name)) return false;
  return args.includes('worker') && args.some((word) => word === '--beat' || /^-E?BE?$/.test(word));
}

/** Programs that go on running beside beat: a server or worker, not what prepares and ends. */
function stays({ name, args }: Started): boolean {
  if (/^(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|nginx|supervisord)$/.test(name)) return true;
  if (name === 'celery') return args.includes('worker');
  return name === 'manage.py' && /^(?:runserver|runserver_plus|qcluster|rqworker)$/.test(args[0] ?? '');
}

function placeOf(beat: Started): Started['location'] {
  const at = beat.args.findIndex((word) => word === 'beat' || word === '--beat' || /^-E?BE?$/.test(word));
  return at < 0 ? beat.location : beat.placeOf(at);
}

/** celery-redbeat takes a lock in Redis, so that only one of several beats is at work: https://redbeat.readthedocs.io/en/latest/config.html. */
function scopeOf(program: Program, beat: Started, narrow: Scope): Maybe<Scope> {
  const given = option(beat.args, ['-S', '--scheduler']);
  if (given !== undefined) return /redbeat/i.test(given) ? 'cluster' : narrow;
  const declared = program.dependencies.find(({ name, development }) => name === 'celery-redbeat' && !development);
  if (declared === undefined) return narrow;
  const chosen = program.pythonCode.modulesWith(/redbeat\.\w*Scheduler|RedBeatScheduler/).length > 0;
  return chosen
    ? 'cluster'
    : unknown('celery-redbeat is installed, and nothing tells whether it is used', [narrow, 'cluster']);
}

function namesOf(names: readonly string[]): string {
  const [first, second, ...more] = names;
  if (first === undefined) return 'what beat starts';
  if (second === undefined) return first;
  return more.length === 0 ? `${first}, ${second}` : `${first}, ${second} and ${more.length} more`;
}

function remedyOf({ args, name }: Started, beside: boolean): string {
  const app = option(args, ['-A', '--app']);
  const command =
    name === 'celery' || name === 'celerybeat' ? `celery${app === undefined ? '' : ` -A ${app}`} beat` : 'celery beat';
  return beside
    ? `${command} in a component of its own with one instance, and nowhere else`
    : `one instance of ${command}, or --scheduler redbeat.RedBeatScheduler of celery-redbeat`;
}
