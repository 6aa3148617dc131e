import type { Call, FunctionNode, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { callsNamed } from '../javascript-calls.js';
import { isFunction } from '../../link/javascript/syntax.js';
import { aboveOf, argument, at, nameOf, written } from '../javascript-place.js';

/** A clock that the code sets: what it runs, and when. */
export interface Clock {
  readonly call: Placed<Call>;
  /** What it runs, where that is a function of the repository. */
  readonly work: Placed | undefined;
  readonly when: Placed | undefined;
  /** A plain timer, of which there are many for harmless ends: it counts only where it certainly has an effect. */
  readonly plain: boolean;
}

interface Library {
  readonly package: string;
  /** The last step to what is called. */
  readonly makes: RegExp;
  /** Positions of the time and the work, or the options that hold them. */
  arguments(program: Program, call: Placed<Call>): { when: Placed | undefined; work: Placed | undefined };
}

const inOrder = (_: Program, call: Placed<Call>): ReturnType<Library['arguments']> => {
  const last = argument(call, call.node.arguments.length - 1);
  const work = last?.node.type === 'ObjectExpression' ? argument(call, 1) : last;
  return { when: argument(call, 0), work: lastFunction(call) ?? (call.node.arguments.length > 1 ? work : undefined) };
};

/** https://www.npmjs.com/package/node-cron, cron, node-schedule, croner: the time first, the work after it. */
const LIBRARIES: readonly Library[] = [
  { package: 'node-cron', makes: /^(?:schedule|createTask)$/, arguments: inOrder },
  { package: 'croner', makes: /^(?:Cron|default|)$/, arguments: inOrder },
  { package: 'node-schedule', makes: /^scheduleJob$/, arguments: afterName },
  { package: 'cron', makes: /^(?:CronJob|job|sendAt)$/, arguments: second },
  { package: 'cron', makes: /^from$/, arguments: fromOptions },
  { package: 'cron-job-manager', makes: /^add$/, arguments: afterName },
  { package: 'toad-scheduler', makes: /^(?:SimpleIntervalJob|LongIntervalJob|CronJob)$/, arguments: ofTask },
  { package: 'bree', makes: /^(?:default|Bree|)$/, arguments: ofFiles },
];

/** `new CronJob(cronTime, onTick, onComplete, start, timeZone)` */
function second(_: Program, call: Placed<Call>): ReturnType<Library['arguments']> {
  return { when: argument(call, 0), work: argument(call, 1) };
}

/** `scheduleJob('name', rule, work)` and `scheduleJob(rule, work)`. */
function afterName(_: Program, call: Placed<Call>): ReturnType<Library['arguments']> {
  const named = call.node.arguments.length > 2 && call.node.arguments[0]?.type === 'Literal';
  return { when: argument(call, named ? 1 : 0), work: lastFunction(call) ?? argument(call, named ? 2 : 1) };
}

/** `new SimpleIntervalJob({ minutes: 5 }, new AsyncTask('id', work))`: https://github.com/kibertoad/toad-scheduler */
function ofTask(program: Program, call: Placed<Call>): ReturnType<Library['arguments']> {
  const task = argument(call, 1);
  const made =
    task === undefined
      ? undefined
      : program.javascript.trace(task).find((one) => one.kind === 'package' && one.call !== undefined);
  const work = made?.kind === 'package' && made.call !== undefined ? argument(made.call, 1) : undefined;
  return { when: argument(call, 0), work };
}

/** `new Bree({ jobs: [{ name: 'mail', interval: '1m' }] })`: files in a folder, each run in a thread of its own (https://github.com/breejs/bree). */
function ofFiles(program: Program, call: Placed<Call>): ReturnType<Library['arguments']> {
  const options = argument(call, 0);
  const jobs = options === undefined ? 'absent' : program.javascript.option(options, 'jobs');
  return { when: jobs === 'absent' ? undefined : jobs, work: undefined };
}

function fromOptions(program: Program, call: Placed<Call>): ReturnType<Library['arguments']> {
  const options = argument(call, 0);
  const read = (key: string): Placed | undefined => {
    const option = options === undefined ? undefined : program.javascript.option(options, key);
    return option === 'absent' ? undefined : option;
  };
  return { when: read('cronTime'), work: read('onTick') };
}

function lastFunction(call: Placed<Call>): Placed<FunctionNode> | undefined {
  for (const one of call.node.arguments) if (isFunction(one)) return at(call, one);
  return undefined;
}

export function* clocksOf(program: Program): Iterable<Clock> {
  const { javascript } = program;
  for (const library of LIBRARIES) {
    if (!javascript.imports(library.package)) continue;
    for (const use of javascript.uses(library.package)) {
      if (use.receiver !== undefined || !library.makes.test(use.steps.filter((step) => step !== 'new').at(-1) ?? ''))
        continue;
      yield { call: use, ...library.arguments(program, use), plain: false };
    }
  }
  if (javascript.imports('@nestjs/schedule')) yield* decorated(program);
  for (const call of callsNamed(program, 'setInterval')) {
    if (call.node.callee.type !== 'Identifier') continue;
    yield { call, work: argument(call, 0), when: argument(call, 1), plain: true };
  }
  yield* again(program);
}

/** `@Cron('0 0 * * *')` above a method: https://docs.nestjs.com/techniques/task-scheduling. */
function* decorated(program: Program): Iterable<Clock> {
  for (const name of ['Cron', 'Interval']) {
    for (const call of callsNamed(program, name)) {
      const above = aboveOf(call);
      const method = above.at(-2);
      if (above.at(-1)?.type !== 'Decorator' || method?.type !== 'MethodDefinition') continue;
      const when = [...call.node.arguments].reverse().find((one) => one.type !== 'ObjectExpression');
      yield {
        call,
        work: at(call, method.value),
        when: when === undefined || when.type === 'SpreadElement' ? undefined : at(call, when),
        plain: false,
      };
    }
  }
}

/** A function that sets a timer for itself: `setTimeout(poll, 5000)` inside of `poll`. */
function* again(program: Program): Iterable<Clock> {
  for (const call of callsNamed(program, 'setTimeout')) {
    const work = argument(call, 0);
    if (work?.node.type !== 'Identifier' || call.node.callee.type !== 'Identifier') continue;
    const name = nameOf(work.node);
    const own = aboveOf(call).find((node) => node.type === 'FunctionDeclaration' && node.id?.name === name);
    if (own === undefined || !isFunction(own) || own.params.length > 0) continue;
    // Who tries again after a failure repeats nothing.
    if (aboveOf(call).some((node) => node.type === 'CatchClause' || node.type === 'IfStatement')) continue;
    yield { call, work: at(call, own), when: argument(call, 1), plain: true };
  }
}

/** When a clock strikes, in words. */
export function whenOf(program: Program, { when }: Clock): string {
  if (when === undefined) return 'by the clock';
  const value = program.javascript.value(when);
  if (value.kind === 'str') return `at ${value.value}`;
  if (value.kind === 'int' || value.kind === 'float') return `every ${inWords(Number(value.value))}`;
  return `at ${written(when)}`;
}

function inWords(milliseconds: number): string {
  const [size, unit] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ].find(([one]) => milliseconds >= Number(one) && milliseconds % Number(one) === 0) ?? [1, 'ms'];
  return `${milliseconds / Number(size)} ${unit}`;
}
