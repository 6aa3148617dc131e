import { connectionLimit } from '../../facts/connection-limit.js';
import { databaseConnection } from '../../facts/database-connection.js';
import { isKind } from '../../facts/fact.js';
import { isHostOf } from '../balances.js';
import type { Part } from '../component.js';
import { known } from '../deployment.js';
import { idOf } from './id-of.js';
import type { Steps } from './steps.js';

const LIFETIMES = { request: 'opened for each request', persistent: 'kept between requests', pooled: 'from a pool' };

/** From a component to the database or pooler it connects to, and from a pooler to what stands behind it. */
export function databaseSteps(part: Part, parts: readonly Part[], steps: Steps): void {
  for (const fact of part.facts) {
    if (isKind(databaseConnection, fact)) {
      const { host, name, lifetime } = fact.properties;
      const kept = known(lifetime);
      lead(part, known(host), parts, steps, {
        message: `connections to "${known(name) ?? 'a database'}"${kept === undefined ? '' : `, ${LIFETIMES[kept]}`}`,
        location: fact.location,
      });
    } else if (isKind(connectionLimit, fact)) {
      const size = known(fact.properties.poolSize);
      lead(part, known(fact.properties.upstream), parts, steps, {
        message: `hands connections on${size === undefined ? '' : `, ${size} at most`}`,
        location: fact.location,
      });
    }
  }
}

function lead(
  part: Part,
  host: string | undefined,
  parts: readonly Part[],
  steps: Steps,
  evidence: Parameters<Steps['add']>[2],
): void {
  if (host === undefined) return;
  for (const target of parts) {
    const beside =
      target !== part && /^(localhost|127\.0\.0\.1|::1)$/.test(host) && sameUnit(part, target) && isData(target);
    if (beside || isHostOf(host, target)) steps.add(idOf(part), idOf(target), evidence);
  }
}

function isData({ role }: Part): boolean {
  return role === 'pooler' || role === 'database';
}

function sameUnit(a: Part, b: Part): boolean {
  const unit = known(a.workload?.properties.unit);
  return unit !== undefined && unit === known(b.workload?.properties.unit);
}
