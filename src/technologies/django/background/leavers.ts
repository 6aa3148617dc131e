import type { PythonModule, PythonPlace } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import type { Evidence } from '../../../location.js';
import type { Call } from '../../../parse/python/ast.js';
import { spelling } from '../../python-request-handlers.js';
import { pythonRequestPath } from '../../python-request-path.js';
import { callsIn } from './clocks.js';

/** Who leaves work in a queue. */
export interface Leaver {
  readonly adder: string;
  readonly evidence: readonly Evidence[];
}

/** Calls whose way up is looked for; one request that leaves work is enough. */
const MOST = 40;

/** How each library is handed work, by the last word of the call. */
const HANDS = {
  celery: /(?:^|\.)(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task)$/,
  'django-q': /(?:^|\.)(?:async_task|async)$/,
  rq: /(?:^|\.)(?:enqueue|enqueue_call|enqueue_in|enqueue_at|delay)$/,
} as const;
/** Libraries whose tasks are functions that are called as they are, or by `send`. */
const DECORATORS = {
  huey: /(?:^|\.)(?:task|db_task)$/,
  dramatiq: /(?:^|\.)actor$/,
  tasks: /(?:^|\.)task$/,
} as const;
/** What a module of each must mention: others have tasks and actors as well. */
const OF = { huey: /\bhuey\b/, dramatiq: /\bdramatiq\b/, tasks: /\bdjango[._]tasks\b/ } as const;

export type QueueLibrary = keyof typeof HANDS | keyof typeof DECORATORS;

/** A request that leaves work, else anybody who does; undefined where nobody does. */
export function leaverOf(program: Program, library: QueueLibrary): Leaver | undefined {
  return program.memo(`django:leaver:${library}`, () => {
    const calls =
      library in HANDS
        ? handing(program, HANDS[library as keyof typeof HANDS])
        : ofTasks(program, library as keyof typeof DECORATORS);
    let other: Leaver | undefined;
    for (const call of calls.slice(0, MOST)) {
      const location = program.pythonCode.locate(call);
      const evidence = [{ message: 'work is left here', location }];
      const path = pythonRequestPath(program, call);
      if (path?.kind === 'request') {
        const owner = program.pythonCode.ownerOf(path.handler)?.node.name;
        const name = path.handler.node.type === 'FunctionDef' ? path.handler.node.name : 'a request';
        return { adder: owner === undefined ? name : `${owner}.${name}`, evidence: [...evidence, ...path.evidence] };
      }
      const around = program.pythonCode.functionsAround(call).find((one) => one.type === 'FunctionDef');
      if (path !== undefined) other ??= { adder: around?.type === 'FunctionDef' ? around.name : 'the code', evidence };
    }
    return other;
  });
}

function handing(program: Program, hands: RegExp): PythonPlace<Call>[] {
  const found: PythonPlace<Call>[] = [];
  for (const module of program.pythonCode.modulesWith(
    /\b(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task|a?enqueue|enqueue_\w+|async_task|async)\(/,
  )) {
    if (/(?:^|\/)management\/commands\//.test(module.path)) continue;
    for (const { call } of callsIn(module)) if (hands.test(spelling(call.func))) found.push({ module, node: call });
  }
  return found;
}

/** Calls of decorated functions: `send_report(user)` of huey, `send_report.send(user)` of dramatiq. */
function ofTasks(program: Program, library: keyof typeof DECORATORS): PythonPlace<Call>[] {
  const found: PythonPlace<Call>[] = [];
  for (const module of program.pythonCode.modulesWith(OF[library])) {
    for (const node of module.document.tree.body) {
      if (node.type !== 'FunctionDef' || !node.decorators.some((one) => DECORATORS[library].test(spelling(one))))
        continue;
      if (library === 'huey') found.push(...program.pythonCode.callsOf({ module, node }));
      found.push(...handedBy(program, module, node.name, library));
    }
    // `send_link = db_task()(_send_link)`
    for (const node of module.document.tree.body) {
      const [target] = node.type === 'Assign' ? node.targets : [];
      if (node.type !== 'Assign' || node.value.type !== 'Call' || target?.type !== 'Name') continue;
      const { func } = node.value;
      if (func.type !== 'Call' || !DECORATORS[library].test(spelling(func.func))) continue;
      if (library === 'huey') found.push(...calledByName(program, module, target.id));
      found.push(...handedBy(program, module, target.id, library));
    }
  }
  return found;
}

/** Calls of what a name of a module stands for, there and in others. */
function calledByName(program: Program, module: PythonModule, name: string): PythonPlace<Call>[] {
  const here = callsIn(module).flatMap(({ call }) =>
    call.func.type === 'Name' && call.func.id === name ? [call] : [],
  );
  const elsewhere = program.pythonCode.usesElsewhere(module, name).flatMap((use) => {
    const [call] = program.pythonCode.above(use);
    return call?.type === 'Call' && call.func === use.node ? [{ module: use.module, node: call }] : [];
  });
  return [...here.map((node) => ({ module, node })), ...elsewhere];
}

function handedBy(
  program: Program,
  module: PythonModule,
  task: string,
  library: keyof typeof DECORATORS,
): PythonPlace<Call>[] {
  const found: PythonPlace<Call>[] = [];
  for (const { call } of callsIn(module))
    if (isHanded(call, library) && call.func.type === 'Attribute' && spelling(call.func.value) === task)
      found.push({ module, node: call });
  for (const use of program.pythonCode.usesElsewhere(module, task)) {
    const [holder, call] = program.pythonCode.above(use);
    if (holder?.type === 'Attribute' && call?.type === 'Call' && isHanded(call, library))
      found.push({ module: use.module, node: call });
  }
  return found;
}

/** `welcome.send(user)` of dramatiq, `welcome.enqueue(user)` of Django; huey also takes `welcome.schedule(...)`. */
function isHanded({ func }: Call, library: keyof typeof DECORATORS): boolean {
  const name = func.type === 'Attribute' ? func.attr : '';
  if (library === 'huey') return name === 'schedule';
  return library === 'tasks' ? /^a?enqueue$/.test(name) : /^send(?:_with_options)?$/.test(name);
}
