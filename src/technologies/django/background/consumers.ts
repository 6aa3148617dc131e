import { scheduler } from '../../../facts/scheduler.js';
import { state, type Stated } from '../../../facts/fact.js';
import type { Program } from '../../../link/program.js';
import type { FunctionDef } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { spelling } from '../../python-request-handlers.js';
import { startedScripts } from '../../started-scripts.js';
import type { Started } from '../../started.js';

/**
 * Each consumer of huey puts the tasks of the clock into the queue for itself, unless it is told `--no-periodic`
 * (https://huey.readthedocs.io/en/latest/consumer.html#options-for-the-consumer).
 */
export function* consumers(program: Program): Iterable<Stated> {
  const all = startedScripts(program);
  const consumer = all.find(isConsumer);
  if (consumer === undefined || consumer.args.some((word) => word === '-n' || word === '--no-periodic')) return;
  const tasks = periodicTasks(program);
  const [first, second, ...more] = tasks.map(({ name }) => name);
  if (first === undefined) return;
  const beside = all.some((one) => one !== consumer && serves(one));
  yield state(
    scheduler,
    consumer.location,
    {
      name:
        second === undefined
          ? first
          : more.length === 0
            ? `${first}, ${second}`
            : `${first}, ${second} and ${more.length} more`,
      every: 'by the clock',
      scope: beside ? 'host' : 'process',
      effect: 'sends',
      does: 'a second copy of each task',
      setting: [consumer.name, ...consumer.args.slice(0, 1)].join(' '),
      remedy: 'run_huey --no-periodic in all consumers but one',
    },
    tasks.slice(0, 3).map(({ location }) => ({ message: 'a task of the clock', location })),
  );
}

function isConsumer({ name, args }: Started): boolean {
  if (/^huey_consumer(?:\.py)?$/.test(name)) return true;
  return /^(?:manage\.py|django-admin)$/.test(name) && /^(?:run_huey|djangohuey)$/.test(args[0] ?? '');
}

function serves({ name, args }: Started): boolean {
  return (
    /^(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|nginx|apache2ctl|httpd)$/.test(name) ||
    (name === 'manage.py' && (args[0] ?? '').startsWith('runserver'))
  );
}

function periodicTasks(program: Program): { name: string; location: Started['location'] }[] {
  return program.pythonCode.modulesWith(/periodic_task\(/).flatMap((module) => {
    if (!/\bhuey\b/.test(module.document.text)) return [];
    const found: FunctionDef[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type !== 'FunctionDef') return;
      const marked = node.decorators.some(
        (one) => one.type === 'Call' && /(?:^|\.)(?:db_)?periodic_task$/.test(spelling(one.func)),
      );
      if (marked) found.push(node);
    });
    return found.map((node) => ({ name: node.name, location: program.pythonCode.locate({ module, node }) }));
  });
}
