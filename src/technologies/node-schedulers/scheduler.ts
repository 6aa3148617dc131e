import { state, type Scope, type Stated } from '../../facts/fact.js';
import { scheduler } from '../../facts/scheduler.js';
import type { FunctionNode, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import { reached, type Reached } from '../javascript-conditions.js';
import { effectsOf, type Effects } from '../javascript-effects.js';
import { isFunction } from '../../link/javascript/syntax.js';
import { aboveOf, at, functionName, givenName, nameOf, written } from '../javascript-place.js';
import { redisClientOf } from '../javascript-redis.js';
import { functionsAround } from '../request-handlers.js';
import { onlyRequestPath } from '../request-path.js';
import { takesAlong } from '../write-buffer.js';
import { clocksOf, whenOf, type Clock } from './clocks.js';

/** What is handed to code that runs once for each request or connection, not once for each process. */
const PER_CALLER =
  /^(?:req|request|res|response|ctx|context|socket|sock|ws|conn|connection|message|msg|event|job|user|session|room|id|reply|stream)$/;

/** Each instance may ask for itself whether there is a new version, or say how it fares. */
const PHONES_HOME =
  /(?:check|fetch|get)\w*(?:updates?|versions?|releases?)$|telemetry|heartbeat|healthcheck|usage(?:data|stats|report)/i;

/** Clocks that the program sets while it starts, with what they do to others. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const clock of clocksOf(program)) yield* stated(program, clock);
}

function* stated(program: Program, clock: Clock): Iterable<Stated> {
  const { javascript } = program;
  if (isPerCaller(clock.call) || (clock.plain && onlyRequestPath(program, clock.call) !== undefined)) return;
  const fn =
    clock.work === undefined
      ? undefined
      : isFunction(clock.work.node)
        ? at(clock.work, clock.work.node)
        : javascript.functionOf(clock.work);
  if (clock.plain && fn === undefined) return;
  if (PHONES_HOME.test(nameOfWork(clock, fn))) return;
  const effects: Effects =
    fn === undefined
      ? {
          effect: unknown(`what ${clock.work === undefined ? 'it' : written(clock.work)} does cannot be followed`),
          does: '',
        }
      : effectsOf(program, fn);
  // Of plain timers most sweep or measure the process itself: what cannot be told is no sign of more.
  if (clock.plain && (typeof effects.effect !== 'string' || effects.effect === 'own')) return;
  if (fn !== undefined && isFlush(fn, effects)) return;
  const start = reached(program, clock.call);
  if (start.outcome === 'no') return;
  const place = clock.plain && effects.place !== undefined ? effects.place : undefined;
  yield state(
    scheduler,
    javascript.locate(clock.call),
    {
      name: nameOfWork(clock, fn) || effects.does || 'a function without a name',
      every: whenOf(program, clock),
      scope: scopeOf(start, effects),
      effect: effects.effect,
      does: effects.does,
      setting: written(at(clock.call, clock.call.node.callee)),
      remedy: remedyOf(program),
    },
    [
      ...evidenceOf(program, effects, place),
      ...(start.elects === undefined && start.outcome === 'yes' ? [] : start.evidence),
    ],
  );
}

/** Each process hands over what it has collected itself: no second one does that again. */
function isFlush(fn: Placed<FunctionNode>, { place }: Effects): boolean {
  const doers = place === undefined ? [] : functionsAround(place).map((node) => at(place, node));
  return [fn, ...doers].some(({ module, node }) => takesAlong(node, module.document.tree));
}

/** Whether a timer is set for each request, connection or object: it ends with it, and no second instance repeats it. */
function isPerCaller(call: Placed): boolean {
  const functions = aboveOf(call).filter(isFunction);
  return functions.some((fn) =>
    fn.params.some((param) => {
      const target = param.type === 'AssignmentPattern' ? param.left : param;
      return target.type === 'Identifier' && PER_CALLER.test(target.name);
    }),
  );
}

function scopeOf(start: Reached, effects: Effects): Maybe<Scope> {
  if (effects.claim !== undefined || start.elects === 'cluster') return 'cluster';
  const narrow: Scope = start.elects ?? 'process';
  if (effects.perhapsClaims !== undefined)
    return unknown(`${written(effects.perhapsClaims)} takes a lock that cannot be followed`, [narrow, 'cluster']);
  if (start.outcome === 'unknown') return unknown(`it is started where ${start.condition}`, [narrow, 'cluster']);
  return narrow;
}

function evidenceOf(program: Program, effects: Effects, place: Placed | undefined): Evidence[] {
  const { claim } = effects;
  const said = place ?? effects.place;
  return [
    ...(said === undefined
      ? []
      : [{ message: `it calls ${effects.does} here`, location: program.javascript.locate(said) }]),
    ...(claim === undefined
      ? []
      : [{ message: 'only one of all gets past this', location: program.javascript.locate(claim) }]),
  ];
}

function nameOfWork(clock: Clock, fn: Placed<FunctionNode> | undefined): string {
  const own = fn === undefined ? '' : functionName(fn);
  const given = clock.work === undefined || isFunction(clock.work.node) ? '' : nameOf(clock.work.node);
  return own || given || givenName(clock.call);
}

function remedyOf(program: Program): string {
  const declared = (name: string): boolean => program.javascript.dependency(name) !== undefined;
  if (declared('bullmq'))
    return "queue.upsertJobScheduler('name', { pattern: '0 * * * *' }) of BullMQ, worked on by one Worker";
  if (declared('bull')) return "queue.add({}, { repeat: { cron: '0 * * * *' } }) of Bull";
  if (declared('agenda')) return "agenda.every('1 hour', 'name')";
  if (declared('pg-boss')) return "boss.schedule('name', '0 * * * *')";
  if (declared('redis') || declared('ioredis')) {
    const { package: client } = redisClientOf(program);
    return client === 'ioredis'
      ? "if (await redis.set('lock:name', '1', 'PX', 60000, 'NX') === null) return"
      : "if (await client.set('lock:name', '1', { PX: 60000, NX: true }) === null) return";
  }
  if (declared('pg')) return 'SELECT pg_try_advisory_xact_lock(1) at its start, and return where it gives false';
  return 'take a lock in the database or in Redis at its start, and return where another has it';
}
