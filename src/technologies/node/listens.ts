import type { TSESTree } from '@typescript-eslint/types';
import type { Program } from '../../link/program.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import type { Serving } from './serving.js';

/** Packages by which a program waits for work of another kind: queues, streams, clocks, chats. */
const WORK = [
  ...['bullmq', 'bull', 'bee-queue', 'agenda', 'pg-boss', 'graphile-worker', 'kue', 'rsmq-worker', 'bree'],
  ...[
    'kafkajs',
    'node-rdkafka',
    'amqplib',
    'amqp-connection-manager',
    'rhea',
    'nats',
    'mqtt',
    'sqs-consumer',
    'stompit',
  ],
  ...['@aws-sdk/client-sqs', '@google-cloud/pubsub', '@azure/service-bus', '@temporalio/worker'],
  ...['node-cron', 'cron', 'node-schedule', 'discord.js', 'telegraf', 'node-telegram-bot-api', 'redis', 'ioredis'],
];

/**
 * Whether the code that a command runs answers requests. Said to be false only where all that is loaded was seen, no
 * call of `listen` stands in it, and something else tells what it waits for.
 */
export function listens(program: Program, { script, files, development }: Serving): boolean | undefined {
  const { javascript } = program;
  if (script === undefined || files === true || development) return undefined;
  const waits = /(?:^|[/._-])(?:workers?|consumers?|queues?|jobs?|cron|scheduler|bot)(?:[/._-]|$)/i.test(script);
  if (javascript.modules.length === 0) return waits ? false : undefined;
  if (javascript.modules.some(({ document }) => hasListen(document.tree))) return true;
  // A framework that finds its pages by their place writes the file that is started, which is not in the repository.
  if (!javascript.entries.some(({ path }) => isSame(path, script))) return waits ? false : undefined;
  return waits || WORK.some((name) => javascript.imports(name)) ? false : undefined;
}

/** Whether a file may be the one that is started: what is compiled keeps its name. */
function isSame(path: string, script: string): boolean {
  const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
  return nameOf(path) === nameOf(script);
}

/** `server.listen(3000)`, `serve({ fetch })`, `Bun.serve`, `Deno.serve`, `createServer`. */
function hasListen(tree: TSESTree.Program): boolean {
  let found = false;
  walkJavaScript(tree, (node) => {
    if (found) return false;
    if (node.type !== 'CallExpression') return undefined;
    const { callee } = node;
    const name =
      callee.type === 'Identifier'
        ? callee.name
        : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
          ? callee.property.name
          : '';
    found = /^(?:listen|serve|createServer|startServer|lift|startStandaloneServer|bootstrap)$/.test(name);
    return undefined;
  });
  return found;
}
