import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../javascript-place.js';
import type { StateWrite } from './state-writes.js';

/** Packages of which each process has connections, children and threads of its own, and should. */
const HANDLES =
  /^(?:node:child_process|node:worker_threads|node:cluster|worker_threads|child_process|piscina|workerpool|threads|execa|ioredis|redis|@redis\/client|pg|pg-promise|mysql|mysql2|mariadb|mongodb|mongoose|knex|sequelize|typeorm|@prisma\/client|cassandra-driver|@elastic\/elasticsearch|amqplib|kafkajs|bull|bullmq|nodemailer|@aws-sdk\/.*|puppeteer|playwright)$/;

/** `new StripeClient()` of whatever package. */
const CLIENTS = /client$|sdk$/i;

/**
 * What is kept is a handle of this process: a child process, a thread, a client of some service, a function to be called when its
 * work is done. No other process could use it.
 */
export function isOfTheProcess(program: Program, { value, place: { module }, within: [fn] }: StateWrite): boolean {
  const node = bare(value);
  if (node === undefined) return false;
  if (isMadeBy(program, { module, node })) return true;
  if (fn === undefined) return isWork(node);
  if (node.type !== 'Identifier') return isWork(node);
  return isChild(fn, node.name, module.document.text) || isWork(declaredIn(fn, node.name));
}

/** `{ id, callback }`: what waits to be called goes on in the process that it began in. */
function isWork(node: Node | undefined): boolean {
  return (
    node?.type === 'ObjectExpression' &&
    node.properties.some(
      (one) =>
        one.type === 'Property' && /(?:func|callback)$|^(?:fn|cb|resolve|reject|deferred)$/i.test(nameOf(one.key)),
    )
  );
}

/** What a variable of a function is declared to be. */
function declaredIn(fn: Node, name: string): Node | undefined {
  let found: Node | undefined;
  walkJavaScript(fn, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name)
      found ??= node.init ?? undefined;
    return found === undefined;
  });
  return found;
}

/** Made by the first call on the package: `fork()`, `new Redis()`, `mysql.createPool()`. What a further call gives is data. */
function isMadeBy(program: Program, made: Parameters<Program['javascript']['trace']>[0]): boolean {
  return program.javascript.trace(made).some((one) => {
    if (one.kind !== 'package' || one.call === undefined) return false;
    if (!HANDLES.test(one.package) && !CLIENTS.test(nameOf(one.call.node.callee))) return false;
    const calls = one.steps.filter((step) => step === '()' || step === 'new');
    return calls.length === 1 && one.steps.at(-1) === calls[0];
  });
}

/** `proc.kill()` and `proc.killed`, where children are forked. */
function isChild(fn: Node, name: string, text: string): boolean {
  if (!/child_process|worker_threads|\bfork\(|\bspawn\(|new Worker\b/.test(text)) return false;
  let found = false;
  walkJavaScript(fn, (node) => {
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === name)
      found ||= /^(?:kill|killed|terminate|exitCode|disconnect|threadId)$/.test(nameOf(node.property));
    return !found;
  });
  return found;
}

function bare(node: Node | undefined): Node | undefined {
  let value = node;
  while (value?.type === 'TSAsExpression' || value?.type === 'TSNonNullExpression' || value?.type === 'AwaitExpression')
    value = value.type === 'AwaitExpression' ? value.argument : value.expression;
  return value;
}
