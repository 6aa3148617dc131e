import { jobQueue } from '../../../facts/job-queue.js';
import { state, type Stated } from '../../../facts/fact.js';
import type { PythonFunction, PythonPlace, PythonTarget } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import { unknown } from '../../../location.js';
import type { Call, Node } from '../../../parse/python/ast.js';
import { pythonEffectsOf } from '../../python-effects.js';
import { spelling } from '../../python-request-handlers.js';
import { pythonRequestPath } from '../../python-request-path.js';
import { callsIn, functionOf, nameOfFunction, threadWork } from './clocks.js';
import { taskLine } from './task-line.js';

const MENTIONS = /\bThread\b|\bThreadPoolExecutor\b|\bcreate_task\(|\bensure_future\(|\brun_in_executor\(/;

/** Work that a request sets going in its own process and does not wait for: whoever replaces the process loses it. */
export function* threads(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(MENTIONS)) {
    if (/(?:^|\/)(?:management\/commands|scripts?)\//.test(module.path)) continue;
    for (const { call, parents } of callsIn(module)) {
      const place = { module, node: call };
      const begun = begins(program, place, parents);
      if (begun === undefined || isWaitedFor(place, parents)) continue;
      const path = pythonRequestPath(program, place);
      if (path === undefined || path.kind === 'task') continue;
      const effects = begun.work === undefined ? undefined : pythonEffectsOf(program, begun.work);
      // What touches nobody else may get lost.
      if (effects?.effect === 'own') continue;
      const { name } = begun;
      const purpose =
        effects === undefined || typeof effects.effect !== 'string'
          ? unknown<'background' | 'unused'>(`what ${name} does cannot be followed`, ['background', 'unused'])
          : effects.onlyMails
            ? unknown<'background' | 'unused'>(`${name} only sends mail, of which a lost one may not matter`, [
                'background',
                'unused',
              ])
            : 'background';
      yield state(
        jobQueue,
        pythonCode.locate(place),
        {
          name,
          store: begun.store,
          scope: 'process',
          purpose,
          runs: 'beside',
          adder: adderOf(program, path.handler),
          setting: spelling(call.func),
          remedy: taskLine(program, 'work', name),
        },
        [
          ...(effects?.place === undefined
            ? []
            : [{ message: `it calls ${effects.does} here`, location: pythonCode.locate(effects.place) }]),
          ...path.evidence,
        ],
      );
    }
  }
}

interface Begun {
  readonly name: string;
  readonly work: PythonPlace<PythonFunction> | undefined;
  readonly store: string;
}

/** What a call sets going: `Thread(target=work)`, `executor.submit(work)`, `asyncio.create_task(work())`. */
function begins(program: Program, place: PythonPlace<Call>, parents: readonly Node[]): Begun | undefined {
  const { module, node } = place;
  const targets = program.pythonCode.resolve({ module, node: node.func });
  const thread = threadWork(program, place, targets);
  const named = thread === undefined ? '' : nameOfFunction(thread.node);
  if (thread !== undefined)
    return { name: named === 'run' ? spelling(node.func) : named, work: thread, store: 'a thread of the process' };
  const target = node.keywords.find((one) => one.name === 'target');
  if (target !== undefined && isOf(targets, /^threading\.Thread$/))
    return { name: spelling(target.value) || 'work', work: undefined, store: 'a thread of the process' };
  const [first, second] = node.args;
  if (isOf(targets, /(?:^|\.)(?:Thread|Process)PoolExecutor\(\)\.submit$/) && first !== undefined)
    return {
      name: spelling(first),
      work: functionOf(program, { module, node: first }),
      store: 'a pool of the process',
    };
  if (
    isOf(targets, /^asyncio\.get_(?:running|event)_loop\(\)\.run_in_executor$/) &&
    second !== undefined &&
    isBare(parents)
  )
    return {
      name: spelling(second),
      work: functionOf(program, { module, node: second }),
      store: 'a pool of the process',
    };
  const isTask = isOf(targets, /^asyncio\.(?:create_task|ensure_future|get_(?:running|event)_loop\(\)\.create_task)$/);
  // One that is kept lives as long as what keeps it, a connection mostly.
  if (isTask && first?.type === 'Call' && isBare(parents))
    return {
      name: spelling(first.func),
      work: functionOf(program, { module, node: first.func }),
      store: 'the event loop of the process',
    };
  return undefined;
}

function isOf(targets: readonly PythonTarget[], name: RegExp): boolean {
  return targets.some((one) => one.kind === 'library' && name.test(one.name));
}

function isBare(parents: readonly Node[]): boolean {
  return parents.at(-1)?.type === 'Expr';
}

/** `join()`, `result()` and the like in the same function, or a pool that is left by `with`: the request waits. */
function isWaitedFor({ module }: PythonPlace<Call>, parents: readonly Node[]): boolean {
  const fn = parents.findLast((node) => node.type === 'FunctionDef');
  if (fn === undefined) return false;
  const text = module.document.text.slice(fn.start, fn.end);
  if (
    /\.join\((?:timeout\s*=|\)|[\d.]+\))|\.result\(|\bas_completed\(|\bwait\(|\bgather\(|\bshutdown\(\s*(?:wait\s*=\s*True)?\s*\)/.test(
      text,
    )
  )
    return true;
  return parents.some(
    (node) =>
      node.type === 'With' &&
      node.items.some(({ context }) => (context.type === 'Call' ? spelling(context.func) : '').includes('Executor')),
  );
}

function adderOf(program: Program, handler: PythonPlace<PythonFunction>): string {
  const owner = program.pythonCode.ownerOf(handler)?.node.name;
  const name = nameOfFunction(handler.node);
  return owner === undefined ? name : `${owner}.${name}`;
}
