import { state, type Scope, type Stated } from '../../facts/fact.js';
import { jobQueue } from '../../facts/job-queue.js';
import type { Call, FunctionNode, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { isFunction } from '../../link/javascript/syntax.js';
import { aboveOf, argument, at, functionName, givenName, nameOf, written } from '../javascript-place.js';

/** Libraries whose queues lie outside of the process: what is made, what adds, where it waits. */
const SHARED: readonly {
  readonly package: string;
  readonly makes: RegExp;
  readonly store: string;
  readonly scope: Scope;
}[] = [
  { package: 'bull', makes: /^(?:new|default|Queue|)$/, store: 'Redis', scope: 'cluster' },
  { package: 'bullmq', makes: /^(?:Queue|FlowProducer)$/, store: 'Redis', scope: 'cluster' },
  { package: 'bee-queue', makes: /^(?:default|)$/, store: 'Redis', scope: 'cluster' },
  { package: 'kue', makes: /^createQueue$/, store: 'Redis', scope: 'cluster' },
  { package: 'pg-boss', makes: /^(?:default|PgBoss|)$/, store: 'PostgreSQL', scope: 'cluster' },
  { package: 'graphile-worker', makes: /^(?:quickAddJob|makeWorkerUtils|run)$/, store: 'PostgreSQL', scope: 'cluster' },
  { package: 'agenda', makes: /^(?:default|Agenda|)$/, store: 'MongoDB', scope: 'cluster' },
  { package: '@hokify/agenda', makes: /^Agenda$/, store: 'MongoDB', scope: 'cluster' },
  { package: 'amqplib', makes: /^connect$/, store: 'RabbitMQ', scope: 'cluster' },
  { package: 'amqp-connection-manager', makes: /^connect$/, store: 'RabbitMQ', scope: 'cluster' },
  { package: 'kafkajs', makes: /^producer$/, store: 'Kafka', scope: 'cluster' },
];

/** Libraries whose queues are lists in memory, and how work gets into them. */
const IN_PROCESS: readonly { readonly package: string; readonly makes: RegExp; readonly adds: RegExp }[] = [
  { package: 'p-queue', makes: /^(?:default|PQueue|)$/, adds: /^(?:add|addAll)$/ },
  { package: 'fastq', makes: /^(?:default|promise|)$/, adds: /^(?:push|unshift)$/ },
  { package: 'better-queue', makes: /^(?:default|)$/, adds: /^push$/ },
  { package: 'async', makes: /^(?:queue|priorityQueue|cargo|cargoQueue)$/, adds: /^(?:push|unshift|pushAsync)$/ },
];

/** Queues that requests leave work in. One that only bounds what a request does at once, and is waited for, is none. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  for (const library of SHARED) {
    if (!javascript.imports(library.package)) continue;
    const made = javascript.uses(library.package).filter(({ steps }) => library.makes.test(lastOf(steps)));
    for (const use of made
      .filter(({ receiver }) => receiver === undefined || library.package === 'kafkajs')
      .slice(0, 20))
      yield state(jobQueue, javascript.locate(use), {
        name: nameOfQueue(program, use),
        store: library.store,
        scope: library.scope,
        purpose: 'background',
        adder: library.package,
        setting: written(at(use, use.node.callee)),
        remedy: '',
      });
  }
  for (const library of IN_PROCESS) {
    if (!javascript.imports(library.package)) continue;
    const uses = javascript.uses(library.package);
    for (const use of uses) {
      if (use.receiver !== undefined || !library.makes.test(lastOf(use.steps)) || keepsElsewhere(program, use))
        continue;
      const added = uses.find(
        (one) =>
          one.receiver?.node === use.node && library.adds.test(lastOf(one.steps)) && isLeftAlone(one, library.package),
      );
      // A queue that lives in a function ends with it.
      if (added === undefined || use.within.length > 0) continue;
      const owner = added.within.at(-1);
      const adder = owner === undefined ? '' : outermostName(added, added.within);
      yield state(
        jobQueue,
        javascript.locate(use),
        {
          name: nameOfQueue(program, use),
          store: 'the memory of the process',
          scope: 'process',
          purpose: 'background',
          adder: adder === '' ? written(at(added, added.node.callee)) : adder,
          setting: written(at(use, use.node.callee)),
          remedy: remedyOf(program),
        },
        [{ message: 'work is left there, and nobody waits for it', location: javascript.locate(added) }],
      );
    }
  }
}

function lastOf(steps: readonly string[]): string {
  return steps.filter((step) => step !== 'new' && step !== '()').at(-1) ?? '';
}

function nameOfQueue(program: Program, use: Use): string {
  const first = argument(use, 0);
  const value = first === undefined ? undefined : program.javascript.value(first);
  return givenName(use) || (value?.kind === 'str' && !value.value.includes('://') ? value.value : '') || use.package;
}

/** `better-queue` takes a store of its own. */
function keepsElsewhere(program: Program, use: Use): boolean {
  if (use.package !== 'better-queue') return false;
  return [0, 1].some((index) => {
    const options = argument(use, index);
    const store = options === undefined ? 'absent' : program.javascript.option(options, 'store');
    return store !== 'absent' && options?.node.type === 'ObjectExpression';
  });
}

/**
 * Whether work that is added is left to itself: inside of a function, and neither awaited, returned nor kept. Those that take a
 * callback per piece of work are waited for by it.
 */
function isLeftAlone(added: Use, library: string): boolean {
  if (added.within.length === 0) return false;
  if ((library === 'async' || library === 'fastq') && added.node.arguments.length > 1 && isFunctionLike(added))
    return false;
  const above = aboveOf(added);
  for (let i = above.length - 1; i >= 0; i--) {
    const node = above[i];
    if (node === undefined) break;
    if (node.type === 'ExpressionStatement') return !isWaitedFor(added);
    if (node.type === 'UnaryExpression' && node.operator === 'void') return true;
    if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement' || node.type === 'VariableDeclarator')
      return false;
    if (node.type === 'CallExpression' && !/^(?:catch|finally)$/.test(nameOf(node.callee))) return false;
    if (isFunction(node)) return false;
  }
  return false;
}

function isFunctionLike(added: Use): boolean {
  const last = added.node.arguments.at(-1);
  return (
    last !== undefined &&
    (isFunction(last) || (last.type === 'Identifier' && /^(?:cb|callback|done|next|resolve)$/.test(last.name)))
  );
}

/** `await queue.onIdle()` and the like in the same function: the queue only bounds what runs at once. */
function isWaitedFor(added: Use): boolean {
  const owner: FunctionNode | undefined = added.within[0];
  if (owner === undefined) return false;
  const text = added.module.document.text.slice(owner.range[0], owner.range[1]);
  return /\.(?:onIdle|onEmpty|drain|drained)\b/.test(text);
}

function outermostName(added: Use, within: readonly FunctionNode[]): string {
  for (const fn of [...within].reverse()) {
    const name = functionName(at(added, fn));
    if (name !== '') return name;
  }
  const route = aboveOf(added).find(
    (node): node is Call => node.type === 'CallExpression' && node.arguments[0]?.type === 'Literal',
  );
  const [path] = route?.arguments ?? [];
  return path?.type === 'Literal' && typeof path.value === 'string' ? path.value : '';
}

function remedyOf(program: Program): string {
  const declared = (name: string): boolean => program.javascript.dependency(name) !== undefined;
  if (declared('bull')) return 'new Bull(name, process.env.REDIS_URL), as this project has elsewhere';
  if (declared('agenda')) return "agenda.now('name', data), as this project has elsewhere";
  if (!declared('redis') && !declared('ioredis') && !declared('bullmq')) {
    if (declared('pg') || declared('@prisma/client') || declared('knex'))
      return "boss.send('name', data) of pg-boss, which needs no more than the PostgreSQL of this project";
    if (declared('mongoose') || declared('mongodb'))
      return "agenda.now('name', data) of agenda, which needs no more than the MongoDB of this project";
  }
  return "new Queue('name', { connection }) of BullMQ, and a Worker in a component of its own";
}
