import type { Program } from '../../../link/program.js';
import { settingsOf } from '../settings.js';
import { isAtLeast } from '../version.js';

/** The line that hands work to a queue, or to the one clock of a queue, in the words of what the project has already. */
export function taskLine(program: Program, what: 'work' | 'clock', name = 'work'): string {
  const has = (...names: readonly string[]): boolean =>
    program.dependencies.some((one) => names.includes(one.name) && !one.development);
  const clock = what === 'clock';
  if (has('celery'))
    return clock
      ? 'an entry of CELERY_BEAT_SCHEDULE, and one component that runs celery beat'
      : `${name}.delay(...), with @shared_task above ${name}, as this project has elsewhere`;
  if (has('django-q', 'django-q2'))
    return clock
      ? 'schedule("app.tasks.work", schedule_type=Schedule.CRON, cron="0 3 * * *") of django-q'
      : `async_task(${name}, ...) of django-q`;
  if (has('huey'))
    return clock ? '@db_periodic_task(crontab(...)) of huey, in one consumer' : `@db_task() of huey above ${name}`;
  if (has('django-rq', 'rq'))
    return clock ? 'a job of rq-scheduler, which takes a lock' : `django_rq.enqueue(${name}, ...)`;
  if (has('dramatiq', 'django-dramatiq'))
    return clock ? 'periodiq, in one component' : `${name}.send(...), with @dramatiq.actor above ${name}`;
  if (clock)
    return 'a management command, run by a CronJob or by one component that is there for it; or at its start: if not cache.add("lock", 1, 60): return';
  const version = settingsOf(program)?.djangoVersion;
  if (version !== undefined && isAtLeast(version, '6.0'))
    return `${name}.enqueue(...), with @task of django.tasks above ${name}, and TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}} with manage.py db_worker`;
  return `${name}.delay(...) of Celery, with @shared_task above ${name}, and a component that runs celery worker`;
}
