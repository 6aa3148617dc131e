import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { shipped } from '../members.js';
import type { Answer, Question } from './question.js';
import { isSingleRun } from './single-run.js';

/** The first audit of a project, and every later one, which finds most of its work done. */
const COLD_LIMIT = 20_000;
const WARM_LIMIT = 5_000;
/** Who has not answered by then never will. */
const HOPELESS = 60_000;
/** After that an editor may try again. */
const PAUSE = 30_000;

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Counts answers, and says whether the thread has ended; the thread of ESLint sleeps on it. */
  readonly signal: Int32Array;
  /** The question that was not answered in time. */
  pending?: { readonly id: number; readonly since: number };
  dead: boolean;
}

let thread: Thread | undefined;
let lastId = 0;
let silentUntil = 0;
const answered = new Set<string>();

/**
 * Asks the thread that audits, and waits: rules of ESLint are synchronous, the audit is not. Undefined while it is given
 * up on; trouble is told by whoever meets it first. Never throws, never waits longer than its limit.
 *
 * synckit does the same with one limit for all questions and without an end to a thread that hangs or has died.
 */
export function ask(question: Question): Answer | undefined {
  if (performance.now() < silentUntil) return undefined;
  try {
    const running = available();
    if (running === undefined) return undefined;
    const limit = answered.has(question.root)
      ? WARM_LIMIT
      : (limitOf(process.env.SCALECARD_ESLINT_TIMEOUT) ?? COLD_LIMIT);
    const answer = exchange(running, question, limit);
    if (answer !== undefined) {
      answered.add(question.root);
      if (answer.ended === true) {
        running.dead = true;
        giveUp();
      }
      return answer;
    }
    giveUp();
    return { results: [], trouble: [`the audit took longer than ${limit / 1000} s`] };
  } catch (error) {
    giveUp();
    return { results: [], trouble: [error instanceof Error ? error.message : String(error)] };
  }
}

function limitOf(seconds: string | undefined): number | undefined {
  const number = Number(seconds);
  return seconds !== undefined && number > 0 && number < 3600 ? number * 1000 : undefined;
}

/** A run that ends soon must not stop at each of its files. */
function giveUp(): void {
  silentUntil = isSingleRun() ? Infinity : performance.now() + PAUSE;
}

/** The thread, unless it still works on an earlier question. */
function available(): Thread | undefined {
  if (thread?.dead === true) thread = undefined;
  if (thread?.pending !== undefined) {
    for (let message = receive(thread); message !== undefined; message = receive(thread))
      if (message.id === thread.pending?.id) delete thread.pending;
    if (thread.pending !== undefined) {
      if (performance.now() - thread.pending.since < HOPELESS) return undefined;
      void thread.worker.terminate();
      thread = undefined;
    }
  }
  return (thread ??= start());
}

function start(): Thread {
  answered.clear();
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(shipped('eslint/worker.js'), {
    workerData: { port: port2, signal },
    transferList: [port2],
    // What ESLint was started with (a loader, an inspector) is not meant for us.
    execArgv: [],
  });
  const started: Thread = { worker, port: port1, signal, dead: false };
  const died = (): void => void (started.dead = true);
  worker.on('error', died).on('exit', died);
  // ESLint must be able to end.
  worker.unref();
  return started;
}

interface Message {
  readonly id: number;
  readonly answer: Answer;
}

function receive({ port }: Thread): Message | undefined {
  return receiveMessageOnPort(port)?.message as Message | undefined;
}

function exchange(running: Thread, question: Question, limit: number): Answer | undefined {
  const id = ++lastId;
  const since = performance.now();
  running.port.postMessage({ id, question });
  for (;;) {
    const count = Atomics.load(running.signal, 0);
    for (let message = receive(running); message !== undefined; message = receive(running))
      if (message.id === id) return message.answer;
    if (Atomics.load(running.signal, 1) !== 0) {
      running.dead = true;
      throw new Error('the thread of the audit ended');
    }
    const left = limit - (performance.now() - since);
    if (left <= 0) break;
    Atomics.wait(running.signal, 0, count, left);
  }
  running.pending = { id, since };
  return undefined;
}
