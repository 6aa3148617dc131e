import { unknown, type Maybe } from '../../location.js';

/** What is taken where nobody names a plan: https://render.com/docs/blueprint-spec */
const DEFAULT = 'basic-256mb';
/** Memory of the plans that do not say it in their names, in GB: https://render.com/docs/postgresql-legacy-instance-types */
const LEGACY: Readonly<Partial<Record<string, number>>> = {
  ...{ free: 0.25, starter: 0.25, standard: 1, pro: 4, 'pro plus': 8, custom: undefined },
};

/**
 * Connections that a database accepts, by its memory: 100 below 8 GB, 200 below 16, 400 below 32, then 500
 * (https://render.com/docs/postgresql-creating-connecting#connection-limits).
 */
export function connectionsOf(plan: string | undefined): Maybe<number> {
  const memory = memoryOf(plan ?? DEFAULT);
  if (memory === undefined) return unknown(`the plan ${(plan ?? '').slice(0, 40)} is not known here`);
  if (memory < 8) return 100;
  if (memory < 16) return 200;
  return memory < 32 ? 400 : 500;
}

/** `basic-1gb`, `pro-16gb`, `accelerated-256gb`. */
function memoryOf(plan: string): number | undefined {
  const [, amount, unit] = /^(?:basic|pro|accelerated)-(\d{1,5})(mb|gb)$/.exec(plan) ?? [];
  if (amount !== undefined) return unit === 'mb' ? Number(amount) / 1024 : Number(amount);
  return Object.hasOwn(LEGACY, plan) ? LEGACY[plan] : undefined;
}
