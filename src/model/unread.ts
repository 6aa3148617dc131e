import { appServer } from '../facts/app-server.js';
import { blockingCall } from '../facts/blocking-call.js';
import { cache } from '../facts/cache.js';
import { compression } from '../facts/compression.js';
import { databaseConnection } from '../facts/database-connection.js';
import { database } from '../facts/database.js';
import { debugMode } from '../facts/debug-mode.js';
import type { Fact } from '../facts/fact.js';
import { fileStore } from '../facts/file-store.js';
import { httpCache } from '../facts/http-cache.js';
import { jobQueue } from '../facts/job-queue.js';
import { middleware } from '../facts/middleware.js';
import { pageCache } from '../facts/page-cache.js';
import { rateLimiter } from '../facts/rate-limiter.js';
import { realtimeHub } from '../facts/realtime-hub.js';
import { scheduler } from '../facts/scheduler.js';
import { sessionStore } from '../facts/session-store.js';
import { sharedMemory } from '../facts/shared-memory.js';
import type { Program } from '../link/program.js';
import { isUnknown } from '../location.js';
import type { Running } from './component.js';
import { known } from './deployment.js';
import { isCalledLikeUs, type Ground } from './ground.js';
import type { Draft } from './join.js';

/** What the code of a component tells: where none of it was read, that such a thing is not found says nothing. */
export const TOLD_BY_CODE: ReadonlySet<string> = new Set(
  [
    ...[blockingCall, cache, compression, database, databaseConnection, debugMode, fileStore, httpCache, jobQueue],
    ...[middleware, pageCache, rateLimiter, realtimeHub, scheduler, sessionStore, sharedMemory],
  ].map(({ kind }) => kind),
);

export interface Reading {
  readonly draft: Draft;
  readonly running: readonly Running[];
  readonly program: Program;
  /** What was said of its code. */
  readonly stated: readonly Fact[];
  /** Whether any component has code in the repository. */
  readonly anyCode: boolean;
}

/** Why nothing of the code of a component was read; undefined where some was, and of products that are nobody's code here. */
export function unreadReason(reading: Reading, ground: Ground): string | undefined {
  const { draft, running, program, stated } = reading;
  const role = running[0]?.role ?? 'web';
  if (draft.workload?.properties.service !== undefined) return undefined;
  if (!/^(?:web|worker|scheduler)$/.test(role) || isTask(draft)) return undefined;
  if (draft.directory === null)
    return isForeign(reading, ground) ? undefined : 'nothing in the repository tells where it is';
  const { javascript } = program;
  const isRead =
    // How many processes there are is told by the command alone.
    stated.some(({ kind }) => kind !== appServer.kind) || javascript.modules.length > 0;
  if (isRead && javascript.missing === undefined) return undefined;
  const [entry] = javascript.entries;
  if (!isRead && entry !== undefined) return `${entry.path}, which it starts, cannot be read`;
  const command = javascript.missing ?? javascript.commands.at(-1)?.words.join(' ') ?? '';
  if (command === '') return 'nothing tells what it starts';
  return `no file that can be read here is known to be started by "${command.length > 80 ? `${command.slice(0, 80)}…` : command}"`;
}

/** What runs once and ends keeps nothing that a second instance could miss. */
function isTask({ workload }: Draft): boolean {
  return (known(workload?.properties.controller) ?? '').endsWith('job');
}

/** An image that somebody else makes: beside code of the repository everything that is neither called like it nor filled in later. */
function isForeign({ draft, running, anyCode }: Reading, ground: Ground): boolean {
  const { workload } = draft;
  if (workload === null || running.length > 0) return workload === null;
  const { image } = workload.properties;
  if (image === undefined || isUnknown(image) || isCalledLikeUs(workload, ground)) return false;
  return anyCode || !image.includes('/') || ground.isProduct(image);
}
