import type { Program } from '../link/program.js';
import { started, type Started } from './started.js';

/** All that a component runs, scripts of Python by their own names: `python manage.py crontab add` is `manage.py crontab add`. */
export function startedScripts(program: Program): Started[] {
  return started(program, /./).map((start) => {
    if (!/^python[\d.]*$/.test(start.name)) return start;
    const at = start.args.findIndex((word) => !word.startsWith('-'));
    const script = start.args[at];
    if (script?.endsWith('.py') !== true) return start;
    const name = script.slice(script.lastIndexOf('/') + 1);
    const placeOf = (argument: number): Started['location'] => start.placeOf(argument + at + 1);
    return { ...start, name, args: start.args.slice(at + 1), placeOf };
  });
}
