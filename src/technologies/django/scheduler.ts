import { SCOPES, state, type Scope, type Stated } from '../../facts/fact.js';
import { scheduler } from '../../facts/scheduler.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { pythonEffectsOf, type PythonEffects } from '../python-effects.js';
import { spelling } from '../python-request-handlers.js';
import { clocksOf, type Clock } from './background/clocks.js';
import { consumers } from './background/consumers.js';
import { crontabs } from './background/crontabs.js';
import { loopingCommands } from './background/looping-commands.js';
import { taskLine } from './background/task-line.js';
import { startOf, type Start } from './background/starts.js';
import { importsOf } from './imports.js';
import { aliasOf, countedInCache } from './limits/counted-in.js';
import { settingsOf } from './settings.js';

/** Each instance may ask for itself whether there is a new version, or say how it fares. */
const PHONES_HOME =
  /(?:check|fetch|get)_?\w*(?:updates?|versions?|releases?)$|telemetry|heart_?beat|health_?check|keep_?alive|usage_?(?:data|stats|report)/i;

/** Clocks that a process sets while it starts, and cron beside a server. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined) return;
  for (const clock of clocksOf(program)) yield* stated(program, clock);
  for (const clock of loopingCommands(program)) yield* stated(program, clock);
  yield* crontabs(program);
  yield* consumers(program);
}

function* stated(program: Program, clock: Clock): Iterable<Stated> {
  const { pythonCode } = program;
  if (PHONES_HOME.test(clock.name)) return;
  const effects: PythonEffects =
    clock.work === undefined
      ? { effect: unknown(`what ${clock.name} does cannot be followed`), does: '', onlyMails: false }
      : pythonEffectsOf(program, clock.work);
  // Of plain loops most sweep or measure the process itself: what cannot be told is no sign of more.
  if (clock.plain && (typeof effects.effect !== 'string' || effects.effect === 'own')) return;
  const begun = beginningOf(program, clock);
  // What a request sets going ends with its work.
  if (begun === undefined || (clock.plain && begun.start.how === 'request')) return;
  const { start, place } = begun;
  yield state(
    scheduler,
    pythonCode.locate(clock.call),
    {
      name: clock.name,
      every: clock.every,
      scope: scopeOf(program, clock, start, effects),
      effect: effects.effect,
      does: effects.does,
      setting: `${spelling(clock.call.node.func)} of ${clock.library}`,
      remedy: taskLine(program, 'clock'),
    },
    [
      ...(effects.place === undefined
        ? []
        : [{ message: `it calls ${effects.does} here`, location: pythonCode.locate(effects.place) }]),
      ...(effects.claim === undefined
        ? []
        : [{ message: 'only one of all gets past this', location: pythonCode.locate(effects.claim) }]),
      ...(place.node === clock.call.node
        ? []
        : [{ message: 'it is set going here', location: pythonCode.locate(place) }]),
      ...start.evidence,
      ...(start.elects === undefined ? [] : [start.elects.evidence]),
    ],
  );
}

/** The first of the places that may set it going which production comes to. */
function beginningOf(program: Program, clock: Clock): { start: Start; place: PythonPlace } | undefined {
  for (const place of clock.started) {
    const start = startOf(program, place);
    if (start !== undefined) return { start, place };
  }
  return undefined;
}

function scopeOf(program: Program, clock: Clock, start: Start, { claim }: PythonEffects): Maybe<Scope> {
  const once = start.how === 'host' || clock.library === 'a command';
  const narrow: Scope = start.elects?.scope ?? (once ? 'host' : 'process');
  const claimed = claim === undefined ? undefined : scopeOfClaim(program, claim);
  if (claimed !== undefined && (isUnknown(claimed) || SCOPES.indexOf(claimed) > SCOPES.indexOf(narrow))) return claimed;
  if (narrow === 'cluster' || start.open === undefined) return narrow;
  return unknown(`it is started where ${start.open}`, [narrow, 'cluster']);
}

/** A lock in a cache elects among those that see the same cache. */
function scopeOfClaim(
  program: Program,
  { module, node }: NonNullable<PythonEffects['claim']>,
): Maybe<Scope> | undefined {
  const { func } = node;
  const inCache =
    func.type === 'Attribute' &&
    program.pythonCode
      .resolve({ module, node: func.value })
      .some((one) => one.kind === 'library' && one.name.startsWith('django.core.cache'));
  const settings = settingsOf(program);
  if (!inCache || settings === undefined) return 'cluster';
  const alias = aliasOf(func.value, importsOf(module.document), settings);
  return countedInCache(program, settings, alias)?.scope;
}
