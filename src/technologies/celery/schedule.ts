import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

/** What beat is told to start, as far as the code says: a table in the database may hold more. */
export interface Schedule {
  readonly names: readonly string[];
  readonly evidence: readonly Evidence[];
}

const SCHEDULES = /^(?:\w+_)?(?:BEAT_SCHEDULE|beat_schedule|CELERYBEAT_SCHEDULE)$/;

/** https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html: the entries of a dict, and calls that add one. */
export function scheduleOf(program: Program): Schedule {
  return program.memo('celery:schedule', () => {
    const { pythonCode } = program;
    const names: string[] = [];
    const evidence: Evidence[] = [];
    for (const module of pythonCode.modulesWith(/beat_?schedule|add_periodic_task/i)) {
      walkPython(module.document.tree, (node) => {
        const value =
          node.type === 'Assign' && node.targets.some(isSchedule)
            ? node.value
            : node.type === 'Keyword' && node.name !== null && SCHEDULES.test(node.name)
              ? node.value
              : node.type === 'AnnAssign' && isSchedule(node.target)
                ? node.value
                : undefined;
        if (value?.type === 'Dict') {
          const found = value.keys.flatMap((key) =>
            key?.type === 'Constant' && key.kind === 'str' ? [key.value] : [],
          );
          if (found.length === 0) return;
          names.push(...found);
          evidence.push({ message: 'what it is to start', location: pythonCode.locate({ module, node }) });
        } else if (node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'add_periodic_task') {
          const name = node.keywords.find((one) => one.name === 'name')?.value;
          const task = taskOf(node.args[1]);
          if (name?.type === 'Constant' && name.kind === 'str') names.push(name.value);
          else if (task !== '') names.push(task);
          evidence.push({ message: 'what it is to start', location: pythonCode.locate({ module, node }) });
        }
      });
    }
    return { names: [...new Set(names)], evidence };
  });
}

/** `CELERY_BEAT_SCHEDULE`, `app.conf.beat_schedule`. */
function isSchedule(target: Expression): boolean {
  const name = target.type === 'Name' ? target.id : target.type === 'Attribute' ? target.attr : '';
  return SCHEDULES.test(name);
}

/** `clean_up` of `clean_up.s()`. */
function taskOf(signature: Expression | undefined): string {
  const made = signature?.type === 'Call' && signature.func.type === 'Attribute' ? signature.func.value : undefined;
  return made?.type === 'Name' ? made.id : made?.type === 'Attribute' ? made.attr : '';
}
