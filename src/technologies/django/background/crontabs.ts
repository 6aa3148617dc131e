import { scheduler } from '../../../facts/scheduler.js';
import { state, type Stated } from '../../../facts/fact.js';
import type { PythonFunction, PythonPlace } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import { items, text } from '../../../link/value.js';
import { unknown, type Evidence } from '../../../location.js';
import { commandNamed, pythonEffectsOf, type PythonEffects } from '../../python-effects.js';
import type { Started } from '../../started.js';
import { startedScripts } from '../../started-scripts.js';
import { settingsOf } from '../settings.js';
import { taskLine } from './task-line.js';

interface Job {
  readonly name: string;
  readonly work: PythonPlace<PythonFunction> | undefined;
  readonly evidence: Evidence;
}

/**
 * A daemon of cron in a container that serves as well: every instance has one. Its jobs are those of django-crontab
 * (https://github.com/kraiz/django-crontab) and commands of the project in a crontab of the repository.
 */
export function* crontabs(program: Program): Iterable<Stated> {
  const all = startedScripts(program);
  const daemon = all.find(isDaemon);
  if (daemon === undefined) return;
  const beside = all.some((one) => one !== daemon && serves(one));
  const added = all.some(
    ({ name, args }) => /^manage(?:\.py)?$/.test(name) && args[0] === 'crontab' && args[1] === 'add',
  );
  const jobs = [...(added ? ofSettings(program) : []), ...ofFiles(program)];
  if (jobs.length === 0) return;
  const worst = worstOf(jobs.map(({ work }) => (work === undefined ? undefined : pythonEffectsOf(program, work))));
  yield state(
    scheduler,
    daemon.location,
    {
      name:
        jobs.length > 2
          ? `${jobs[0]?.name ?? ''} and ${jobs.length - 1} more`
          : jobs.map(({ name }) => name).join(', '),
      every: 'by the crontab',
      scope: worst.claim === undefined ? (beside ? 'host' : 'process') : 'cluster',
      effect: worst.effect,
      does: worst.does,
      setting: [daemon.name, ...daemon.args.slice(0, 1)].join(' '),
      remedy: taskLine(program, 'clock'),
    },
    jobs.slice(0, 3).map(({ evidence }) => evidence),
  );
}

function isDaemon({ name, args }: Started): boolean {
  if (/^(?:cron|crond|supercronic|yacron|busybox)$/.test(name)) return name !== 'busybox' || args[0] === 'crond';
  return (name === 'service' && args[0] === 'cron') || (name === 'rc-service' && args[0] === 'crond');
}

function serves({ name, args }: Started): boolean {
  if (/^(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|nginx|apache2ctl|httpd|supervisord)$/.test(name))
    return true;
  return (
    (name === 'celery' && args.includes('worker')) || (name === 'manage.py' && (args[0] ?? '').startsWith('runserver'))
  );
}

/** `CRONJOBS = [("0 3 * * *", "app.cron.job"), ...]`. */
function ofSettings(program: Program): Job[] {
  const settings = settingsOf(program);
  return (items(settings?.get('CRONJOBS')) ?? []).flatMap((entry) => {
    const dotted = text(items(entry)?.[1]);
    const location = entry.origin.locations[0] ?? settings?.placeOf('CRONJOBS');
    if (dotted === undefined || location === undefined) return [];
    const [found] = program.pythonCode.resolveText(dotted);
    const work = found?.kind === 'function' ? found.at : command(program, dotted, text(items(items(entry)?.[2])?.[0]));
    return [{ name: dotted.split('.').at(-1) ?? dotted, work, evidence: { message: 'a job of cron', location } }];
  });
}

/** `("0 3 * * *", "django.core.management.call_command", ["send_reminders"])`. */
function command(program: Program, dotted: string, name: string | undefined): PythonPlace<PythonFunction> | undefined {
  return dotted.endsWith('.call_command') && name !== undefined ? commandNamed(program, name) : undefined;
}

const CRONTAB = /(?:^|\/)(?:[\w.-]*cron(?:tab|jobs?|file)?[\w.-]*|crontabs\/[^/]+|cron\.d\/[^/]+)$/i;
/** Five fields or `@daily`, perhaps a user, and a command of the administration. */
const LINE = /^[ \t]*(?:@\w+|(?:[\d*/,A-Za-z-]+[ \t]+){4}[\d*/,A-Za-z-]+)[ \t]+[^\n]*?\bmanage\.py[ \t]+(\w+)/;

function ofFiles(program: Program): Job[] {
  const jobs: Job[] = [];
  for (const { path } of program.inventory.files) {
    if (!CRONTAB.test(path) || /\.(?:py|js|ts|md|html?|ya?ml|json|css|svg|png)$/.test(path)) continue;
    const lines = (program.inventory.read(path) ?? '').split('\n').slice(0, 200);
    lines.forEach((line, i) => {
      const name = line.length > 500 ? undefined : LINE.exec(line)?.[1];
      if (name === undefined) return;
      const region = { startLine: i + 1, startColumn: 1, endLine: i + 1, endColumn: line.length + 1 };
      jobs.push({
        name,
        work: commandNamed(program, name),
        evidence: { message: 'a job of cron', location: { uri: path, region } },
      });
    });
  }
  return jobs;
}

const WORSE = ['own', 'removes', 'writes', 'sends'];

/** The worst of what the jobs do; a lock counts only where each of them takes one. */
function worstOf(all: readonly (PythonEffects | undefined)[]): PythonEffects {
  const known = all.filter((one) => one !== undefined);
  const sure = known.filter((one) => typeof one.effect === 'string' && one.effect !== 'own');
  const [first] = [...sure].sort((a, b) => WORSE.indexOf(b.effect as string) - WORSE.indexOf(a.effect as string));
  const claims = known.length === all.length && known.every(({ claim }) => claim !== undefined);
  const worst =
    first ??
    known.find(({ effect }) => typeof effect !== 'string') ??
    (known.length === all.length ? known[0] : undefined);
  if (worst === undefined)
    return { effect: unknown('what its jobs do is not in the repository'), does: '', onlyMails: false };
  if (claims) return worst;
  const { effect, does, onlyMails } = worst;
  return { effect, does, onlyMails };
}
