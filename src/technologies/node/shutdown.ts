import { state, type Stated } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import type { Program } from '../../link/program.js';
import { isFirstProcess, program as peel } from '../../parse/shell/program.js';
import { serverOf } from './app-server.js';
import { listens } from './listens.js';

/** Code that says anything of signals, or of an end in order, is left to those who wrote it. */
const HANDLED = /\bSIG(?:TERM|INT|QUIT|HUP)\b|graceful|shut_?down|terminat|terminus|lightship|exit-?hook|stoppable/i;

/** Imports of packages that handle the signal by themselves, or start the server in code that is not here. */
const HANDLING =
  /['"](?:@nestjs\/core|next|nuxt|@?strapi(?:\/strapi)?|@adonisjs\/core|moleculer|sails|@loopback\/core|egg|@midwayjs\/core|payload|@payloadcms\/\w+|directus|ghost|n8n|@medusajs\/medusa|@vendure\/core|parse-server|@redwoodjs\/\w+|meteor|probot|apollo-server(?:-\w+)?|@apollo\/server|graphql-yoga|@temporalio\/worker|@google-cloud\/functions-framework|fastify-cli|close-with-grace|http-graceful-shutdown|fastify-graceful-shutdown|node-graceful-shutdown|http-terminator|@godaddy\/terminus|lightship|stoppable|death|node-cleanup|async-exit-hook|exit-hook|pm2|@sveltejs\/kit|nitropack|nitro|@remix-run\/(?:serve|node)|@react-router\/(?:serve|node))(?:\/[^'"\n]{0,100})?['"]/;

/**
 * Behind another process a server that knows no signal ends at once. The first process of a container has no default action for signals, so SIGTERM without a handler is dropped:
 * https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#handling-kernel-signals. Said only where all code that runs was seen.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch, javascript } = program;
  const [only, ...others] = launch.commands;
  // Of an image that is built elsewhere nobody knows what it puts before, or which signal it names.
  const isContainer = launch.base !== undefined && launch.base.location.uri !== launch.location?.uri;
  if (!isContainer || only === undefined || others.length > 0 || launch.guarded === true) return;
  if (only.waitedFor !== undefined || only.beside === true) return;
  if (
    !/(?:^|\/)(?:node|tsx|ts-node)$/.test(peel(only.words).name) ||
    /(?:^|\/)Procfile/.test(launch.location?.uri ?? '')
  )
    return;
  const server = serverOf(program);
  if (server === undefined || listens(program, server.serving) === false || javascript.entries.length === 0) return;
  const isHandled = javascript.modules.some(
    ({ document: { text, path } }) => HANDLED.test(text) || HANDLING.test(text) || /graceful|shutdown/i.test(path),
  );
  if (isHandled || javascript.modules.length === 0) return;
  const isFirst = only.from === undefined && !only.words.some((word) => isFirstProcess(word));
  yield state(shutdown, only.location, {
    process: only.words.join(' ').slice(0, 100),
    told: isFirst ? 'unheeded' : 'unprepared',
    setting: isFirst ? 'it is the first process of its container and nobody handles SIGTERM' : 'nobody handles SIGTERM',
    remedy: "process.on('SIGTERM', () => server.close(() => process.exit(0)))",
  });
}
