import type { FromPackage, JavaScriptProgram, Placed, Traced } from '../../link/javascript/javascript-program.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import type { Scope } from '../../facts/fact.js';
import { truthOf } from '../javascript-conditions.js';
import { at, written } from '../javascript-place.js';

export interface Store {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly evidence: readonly Evidence[];
}

export const MEMORY: Store = { store: 'the memory of the process', scope: 'process', evidence: [] };

/** Packages that count elsewhere, and what they call it. */
const SHARED: readonly (readonly [RegExp, string])[] = [
  [/redis|valkey|upstash|^@vercel\/kv$/, 'Redis'],
  [/mongo/, 'MongoDB'],
  [/memcache/, 'Memcached'],
  [/postgres|^pg$|pg-/, 'PostgreSQL'],
  [/mysql|knex|sequelize|typeorm|prisma/, 'the database'],
  [/dynamo/, 'DynamoDB'],
  [/firestore|datastore/, 'Firestore'],
];

/** What an expression that is handed over as the store (or as the client of one) counts in. */
export function storeOf(javascript: JavaScriptProgram, expression: Placed): Store {
  const { node } = expression;
  if (isNothing(node)) return MEMORY;
  if (node.type === 'ConditionalExpression') {
    const test = truthOf(javascript.value(at(expression, node.test)));
    if (test !== undefined) return storeOf(javascript, at(expression, test ? node.consequent : node.alternate));
  }
  const outcomes = javascript.trace(expression).map((one) => ofOne(javascript, expression, one));
  const [first] = outcomes;
  if (first === undefined) return MEMORY;
  if (outcomes.every(({ scope, store }) => scope === first.scope && store === first.store)) return first;
  const unknowns = outcomes.find(({ scope }) => isUnknown(scope));
  if (unknowns !== undefined) return unknowns;
  const scopes = [...new Set(outcomes.map(({ scope }) => scope as Scope))];
  const variables = javascript.value(expression).origin.variables.join(', ');
  const reason = `${written(expression)} is one of several stores${variables === '' ? '' : `: ${variables} decides`}`;
  return {
    store: unknown(
      reason,
      outcomes.map(({ store }) => store as string),
    ),
    scope: unknown(reason, scopes),
    evidence: outcomes.flatMap(({ evidence }) => evidence),
  };
}

function ofOne(javascript: JavaScriptProgram, expression: Placed, traced: Traced): Store {
  const text = written(expression);
  if (traced.kind === 'unknown') return undecided(`${text}: ${traced.reason}`);
  if (traced.kind === 'repository') {
    const { node } = traced.at;
    if (traced.steps.length === 0 && isNothing(node)) return MEMORY;
    const reason = `the project counts by itself (${text})`;
    return {
      store: unknown(reason),
      scope: unknown(reason, ['process', 'cluster']),
      evidence: [{ message: 'the store of the project', location: javascript.locate(traced.at) }],
    };
  }
  if (traced.package === 'rate-limiter-flexible' || traced.package === 'koa2-ratelimit')
    return ofClass(javascript, expression, traced);
  const shared = SHARED.find(([pattern]) => pattern.test(traced.package));
  if (shared !== undefined) {
    const location = javascript.locate(traced.call ?? expression);
    return { store: shared[1], scope: 'cluster', evidence: [{ message: 'the store that counts', location }] };
  }
  if (
    traced.steps.some((step) => /Memory(?:Store)?$/.test(step)) ||
    (traced.package === 'node:global' && traced.steps[0] === 'Map') ||
    /^(?:lru-cache|node-cache|quick-lru)$/.test(traced.package)
  )
    return MEMORY;
  if (/^cluster-memory-store|cluster-memory/.test(traced.package))
    return { store: 'the memory of the primary process', scope: 'host', evidence: [] };
  return undecided(`nothing is known of the store "${traced.package}"`);
}

/** `RateLimiterRedis`, `Stores.Redis`: the class says what it counts in. */
function ofClass(javascript: JavaScriptProgram, expression: Placed, { package: name, steps }: FromPackage): Store {
  const named = steps.filter((step) => step !== 'new' && step !== '()').at(-1) ?? '';
  if (named.endsWith('Memory')) return MEMORY;
  const shared = SHARED.find(([pattern]) => pattern.test(named.toLowerCase()));
  return shared === undefined
    ? undecided(`nothing is known of ${named} of ${name}`)
    : {
        store: shared[1],
        scope: 'cluster',
        evidence: [{ message: 'the store that counts', location: javascript.locate(expression) }],
      };
}

export function undecided(reason: string): Store {
  return { store: unknown(reason), scope: unknown(reason), evidence: [] };
}

function isNothing(node: Placed['node']): boolean {
  return (
    (node.type === 'Identifier' && node.name === 'undefined') ||
    (node.type === 'Literal' && node.value === null) ||
    (node.type === 'UnaryExpression' && node.operator === 'void')
  );
}
