import type { PythonFunction, PythonModule, PythonPlace, PythonTarget } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import type { Call, Expression, Keyword, Node } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { spelling } from '../../python-request-handlers.js';

/** A clock that the code sets while it starts. */
export interface Clock {
  readonly call: PythonPlace<Call>;
  readonly name: string;
  /** What it runs, where that is a function of the repository. */
  readonly work: PythonPlace<PythonFunction> | undefined;
  readonly every: string;
  /** What may set it going: a `start()`, a loop; the call itself where nothing else does. */
  readonly started: readonly PythonPlace[];
  /** A loop or timer of plain Python, of which there are many for harmless ends. */
  readonly plain: boolean;
  readonly library: string;
}

/** Those of APScheduler (https://apscheduler.readthedocs.io/en/3.x/), schedule, and loops in threads. */
export function* clocksOf(program: Program): Iterable<Clock> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\bapscheduler\b|\badd_job\b|\bscheduled_job\b|\bregister_job\b/))
    yield* ofScheduler(program, module);
  for (const module of pythonCode.modulesWith(/\b(?:import schedule|from schedule import)\b/))
    yield* ofSchedule(program, module);
  for (const module of pythonCode.modulesWith(/\b(?:Thread|Timer)\b/)) yield* ofThreads(program, module);
}

function* ofScheduler(program: Program, module: PythonModule): Iterable<Clock> {
  const started = schedulerStarts(program);
  if (started.length === 0) return;
  for (const { call, parents } of callsIn(module)) {
    const { func } = call;
    // `register_job(scheduler, ...)` of django-apscheduler decorates a function as `scheduled_job` does.
    const registers = spelling(func) === 'register_job' || spelling(func).endsWith('.register_job');
    if (!registers && (func.type !== 'Attribute' || !/^(?:add_job|scheduled_job)$/.test(func.attr))) continue;
    const place = { module, node: call };
    const decorated = parents.at(-1);
    const isDecorator = (registers || spelling(func).endsWith('scheduled_job')) && decorated?.type === 'FunctionDef';
    if (registers && !isDecorator) continue;
    const given = isDecorator ? undefined : (call.args[0] ?? keyword(call, 'func'));
    const work = isDecorator
      ? { module, node: decorated }
      : given === undefined
        ? undefined
        : functionOf(program, { module, node: given });
    const trigger = isDecorator ? call.args[registers ? 1 : 0] : (call.args[1] ?? keyword(call, 'trigger'));
    // What somebody adds for one moment is no clock.
    if (isOnce(trigger)) continue;
    const name = isDecorator
      ? decorated.name
      : given === undefined
        ? 'a job'
        : spelling(given) || lastOf(textOf(given)) || 'a job';
    yield { call: place, name, work, every: whenOf(trigger, call), started, plain: false, library: 'APScheduler' };
  }
}

/** Where schedulers of the project are started. */
function schedulerStarts(program: Program): readonly PythonPlace<Call>[] {
  return program.memo('django:apscheduler-starts', () => {
    const found: PythonPlace<Call>[] = [];
    for (const module of program.pythonCode.modulesWith(/sched\w*\.start\(|apscheduler/i)) {
      for (const { call } of callsIn(module)) {
        const { func } = call;
        if (func.type !== 'Attribute' || func.attr !== 'start') continue;
        const targets = program.pythonCode.resolve({ module, node: func.value });
        const isKnown = targets.some(
          (one) => one.kind === 'library' && /^(?:django_)?apscheduler\b.*\(\)/.test(one.name),
        );
        const isCalledSo = /sched/i.test(spelling(func.value)) && module.document.text.includes('apscheduler');
        if (isKnown || isCalledSo) found.push({ module, node: call });
      }
    }
    return found;
  });
}

/** `schedule.every(10).minutes.do(job)`, which runs where something calls `run_pending()`. */
function* ofSchedule(program: Program, module: PythonModule): Iterable<Clock> {
  for (const { call } of callsIn(module)) {
    const { func } = call;
    if (func.type !== 'Attribute' || func.attr !== 'do') continue;
    const isKnown = program.pythonCode
      .resolve({ module, node: func })
      .some((one) => one.kind === 'library' && /^schedule\.(?:Scheduler\(\)\.)?every\(\)/.test(one.name));
    const started = isKnown ? pendingRuns(program) : [];
    const [given] = call.args;
    if (started.length === 0 || given === undefined) continue;
    yield {
      call: { module, node: call },
      name: spelling(given) || 'a job',
      work: functionOf(program, { module, node: given }),
      every: intervalOf(module.document.text.slice(func.value.start, func.value.end)),
      started,
      plain: false,
      library: 'schedule',
    };
  }
}

/** `schedule.every(10).minutes` is "every 10 minutes", `every().day.at("10:30")` "every day at 10:30". */
function intervalOf(text: string): string {
  const [, count = '', unit = 'so often', rest = ''] = /every\(\s*(\d*)\s*\)\.(\w+)([^\n]{0,40})/.exec(text) ?? [];
  const [, time] = /\.at\(["']([\d:]+)["']/.exec(rest) ?? [];
  return ['every', count, unit, ...(time === undefined ? [] : [`at ${time}`])].filter(Boolean).join(' ');
}

/** `run_pending()`, and the `run_continuously()` that the documentation of schedule shows around it. */
function pendingRuns(program: Program): readonly PythonPlace<Call>[] {
  return program.memo('django:schedule-runs', () =>
    program.pythonCode.modulesWith(/\brun_(?:pending|continuously|all)\(/).flatMap((module) =>
      callsIn(module)
        .filter(({ call }) => /(?:^|\.)run_(?:pending|continuously|all)$/.test(spelling(call.func)))
        .map(({ call }) => ({ module, node: call })),
    ),
  );
}

/** A thread whose function sleeps in a loop, and a timer that sets itself again. */
function* ofThreads(program: Program, module: PythonModule): Iterable<Clock> {
  for (const { call, parents } of callsIn(module)) {
    const place = { module, node: call };
    const targets = program.pythonCode.resolve({ module, node: call.func });
    const isTimer = isLibrary(targets, 'threading.Timer');
    const work = isTimer ? timed(program, place) : threadWork(program, place, targets);
    if (work === undefined) continue;
    const name = nameOfFunction(work.node);
    if (isTimer) {
      const again = parents.some((one) => one === work.node);
      const [delay] = call.args;
      if (!again || delay === undefined) continue;
      yield {
        call: place,
        name,
        work,
        every: `every ${seconds(delay)}`,
        started: [place],
        plain: true,
        library: 'threading.Timer',
      };
      continue;
    }
    const nap = napIn(work.node);
    if (nap !== undefined)
      yield {
        call: place,
        name,
        work,
        every: `every ${seconds(nap)}`,
        started: [place],
        plain: true,
        library: 'a thread',
      };
  }
}

/** The function that a thread runs: what it is given as target, or `run` of a class of threads. */
export function threadWork(
  program: Program,
  { module, node }: PythonPlace<Call>,
  targets: readonly PythonTarget[],
): PythonPlace<PythonFunction> | undefined {
  const { pythonCode } = program;
  if (isLibrary(targets, 'threading.Thread') || isLibrary(targets, 'multiprocessing.Process')) {
    const target = keyword(node, 'target') ?? node.args[1];
    return target === undefined ? undefined : functionOf(program, { module, node: target });
  }
  for (const one of targets) {
    if (one.kind !== 'class' || !pythonCode.ancestry(one.at).libraries.some((base) => base === 'threading.Thread'))
      continue;
    const run = pythonCode.member(one.at, 'run');
    if (run?.definition.kind === 'function') return { module: run.owner.module, node: run.definition.node };
  }
  return undefined;
}

function timed(program: Program, { module, node }: PythonPlace<Call>): PythonPlace<PythonFunction> | undefined {
  const given = node.args[1] ?? keyword(node, 'function');
  return given === undefined ? undefined : functionOf(program, { module, node: given });
}

export function isLibrary(targets: readonly PythonTarget[], name: string): boolean {
  return targets.some((one) => one.kind === 'library' && one.name === name);
}

/** What is handed over to be run: a function, a method, or its name as APScheduler takes it. */
export function functionOf(program: Program, place: PythonPlace<Expression>): PythonPlace<PythonFunction> | undefined {
  const text = textOf(place.node);
  const targets =
    text === '' ? program.pythonCode.resolve(place) : program.pythonCode.resolveText(text.replace(':', '.'));
  for (const one of targets) if (one.kind === 'function') return one.at;
  return undefined;
}

/** The time that a loop of the function sleeps, where it does. */
function napIn(fn: PythonFunction): Expression | undefined {
  let found: Expression | undefined;
  walkPython(fn, (node, parents) => {
    if (found !== undefined || node.type !== 'Call' || !parents.some((one) => one.type === 'While')) return;
    if (/(?:^|\.)(?:sleep|wait)$/.test(spelling(node.func))) found = node.args[0];
  });
  return found;
}

export function nameOfFunction(fn: PythonFunction): string {
  return fn.type === 'FunctionDef' ? fn.name : 'a function without a name';
}

export function keyword(call: Call, name: string): Expression | undefined {
  return call.keywords.find((one) => one.name === name)?.value;
}

function lastOf(dotted: string): string {
  return dotted.split(/[.:]/).at(-1) ?? dotted;
}

function textOf(node: Expression): string {
  return node.type === 'Constant' && node.kind === 'str' ? node.value : '';
}

export function callsIn(module: PythonModule): readonly { call: Call; parents: readonly Node[] }[] {
  const found: { call: Call; parents: readonly Node[] }[] = [];
  walkPython(module.document.tree, (node, parents) => {
    if (node.type === 'Call') found.push({ call: node, parents: [...parents] });
  });
  return found;
}

function isOnce(trigger: Expression | undefined): boolean {
  if (trigger === undefined) return true;
  return textOf(trigger) === 'date' || (trigger.type === 'Call' && spelling(trigger.func).endsWith('DateTrigger'));
}

/** `'interval', minutes=5` is "every 5 minutes", `CronTrigger.from_crontab('0 3 * * *')` is "at 0 3 * * *". */
function whenOf(trigger: Expression | undefined, call: Call): string {
  const inner = trigger?.type === 'Call' ? trigger : undefined;
  const times = (inner?.keywords ?? call.keywords).filter(isTime);
  const first = inner?.args[0];
  const cron = first === undefined ? '' : textOf(first);
  if (cron !== '') return `at ${cron}`;
  if (times.length === 0) return 'by the clock';
  const isInterval = (inner === undefined ? textOf(trigger ?? call) : spelling(inner.func))
    .toLowerCase()
    .includes('interval');
  if (isInterval) return `every ${times.map(({ name, value }) => `${written(value)} ${name ?? ''}`).join(' ')}`;
  return `at ${times.map(({ name, value }) => `${name ?? ''} ${written(value)}`).join(', ')}`;
}

function isTime({ name }: Keyword): boolean {
  return /^(?:weeks?|days?|hours?|minutes?|seconds?|day_of_week|month|year)$/.test(name ?? '');
}

function written(value: Expression): string {
  return value.type === 'Constant' ? String(value.value) : spelling(value) || '…';
}

function seconds(delay: Expression): string {
  return delay.type === 'Constant' && (delay.kind === 'int' || delay.kind === 'float')
    ? `${delay.value} s`
    : spelling(delay) || 'so often';
}
