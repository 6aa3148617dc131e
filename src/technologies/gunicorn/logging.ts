import { logging } from '../../facts/logging.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, type Location, type Maybe } from '../../location.js';
import { words } from '../../parse/shell/words.js';
import { option, started } from '../started.js';
import { configurationOf } from './configuration.js';

/** https://docs.gunicorn.org/en/stable/settings.html#loglevel: "info" where nobody says anything, which needs no word. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [start] = started(program, /^gunicorn(?:3|_django|_paster)?$/);
  if (start === undefined) return;
  if (startsNothing(program, start.args)) return;
  const variable = start.variable('GUNICORN_CMD_ARGS');
  const more = variable === undefined || isUnknown(variable.value) ? [] : words(variable.value);
  const file = configurationOf(start, more, program);
  // Who asks for a reload develops.
  if (start.args.includes('--reload') || more.includes('--reload') || file?.on('reload') === true) return;
  const names = ['--log-level'];
  const [onLine, inVariable] = [option(start.args, names), option(more, names)];
  const setting = onLine === undefined && inVariable === undefined ? 'loglevel' : '--log-level';
  const level: Maybe<string> | undefined = onLine ?? inVariable ?? file?.text('loglevel');
  if (level === undefined || isUnknown(level) || level.toLowerCase() !== 'debug') return;
  const decides = onLine === undefined && inVariable === undefined ? file?.variableOf('loglevel') : undefined;
  const location: Location =
    onLine !== undefined
      ? start.location
      : inVariable !== undefined
        ? (variable?.location ?? start.location)
        : (file?.placeOf('loglevel') ?? start.location);
  yield state(logging, location, {
    loggers: 'Gunicorn',
    verbose: true,
    source: 'library',
    amount: 'its workers tell of each request or connection once more',
    setting,
    variable: decides ?? '',
    remedy:
      decides !== undefined ? `${decides}=info` : setting === 'loglevel' ? 'loglevel = "info"' : '--log-level info',
  });
}

/** A command of former days: its package is here, and the module that it names is gone. */
function startsNothing(program: Program, args: readonly string[]): boolean {
  const named = args.find(
    (word, at) => /^[a-z_]\w*(?:\.\w+)+(?::\w+(?:\(\))?)?$/i.test(word) && !/^-[^=]*$/.test(args[at - 1] ?? ''),
  );
  const module = named?.replace(/:.*$/, '');
  const [top] = module?.split('.') ?? [];
  if (module === undefined || top === undefined) return false;
  return program.python.resolve(top) !== undefined && program.python.resolve(module) === undefined;
}
