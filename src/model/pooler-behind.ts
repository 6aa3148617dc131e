import { connectionLimit } from '../facts/connection-limit.js';
import type { databaseConnection } from '../facts/database-connection.js';
import { isKind, type FactOf } from '../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../location.js';
import type { Part, System } from './component.js';
import { known } from './deployment.js';
import { leadsTo } from './leads-to.js';

export interface Pooler {
  readonly part: Part;
  /** What it says of itself: one for each server behind it. */
  readonly limits: readonly FactOf<typeof connectionLimit>[];
}

/** The pooler that a connection goes through; undefined where it is known to lead elsewhere, or no pooler is deployed. */
export function poolerBehind(
  connection: FactOf<typeof databaseConnection>,
  part: Part,
  system: System,
): Maybe<Pooler> | undefined {
  const poolers = system.parts.filter((one) => one !== part && one.role === 'pooler');
  const { host } = connection.properties;
  if (poolers.length === 0 || host === undefined) return undefined;
  if (isUnknown(host)) return unknown(host.unknown);
  const found = poolers.find((one) => leadsTo(host, part, one, system));
  return found === undefined ? undefined : { part: found, limits: limitsOf(found) };
}

function limitsOf(part: Part): FactOf<typeof connectionLimit>[] {
  return part.facts.filter((fact) => isKind(connectionLimit, fact)).filter(isPooler);
}

function isPooler({ properties: { side } }: FactOf<typeof connectionLimit>): boolean {
  return known(side) === 'pooler';
}
