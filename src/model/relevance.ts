import type { Fact } from '../facts/fact.js';
import type { ComponentRole } from './model.js';

/** Kinds that matter only where requests are served: a worker runs the same settings, but nobody's session. */
const ABOUT_REQUESTS = new Set([
  'session-store',
  'middleware',
  'debug-mode',
  'http-cache',
  'page-cache',
  'compression',
  'json-answers',
  'load-balancer',
  'upstream',
  'proxy-cache',
  'shared-memory',
  'rate-limiter',
  'realtime-hub',
  'job-queue',
]);

/** Whether a fact of the code that a component runs says something about that component. */
export function concerns(fact: Fact, role: ComponentRole): boolean {
  if (role === 'job') return fact.kind === 'database-connection' || fact.kind === 'workload';
  return role === 'web' || role === 'unknown' || role === 'proxy' || !ABOUT_REQUESTS.has(fact.kind);
}
