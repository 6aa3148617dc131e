import { databaseConnection } from '../../facts/database-connection.js';
import { boolean, choice, isKind, type Fact, type FactOf, type Property } from '../../facts/fact.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import type { Part, System } from '../component.js';
import { derived, type FactDerivation } from '../derivation.js';
import { poolerBehind, type Pooler } from '../pooler-behind.js';

type Connection = FactOf<typeof databaseConnection>;
type Limit = Pooler['limits'][number]['properties'];

/** What holds where a pooler gives its connections to somebody else before the client is done with them. */
interface Consequence<T> {
  readonly name: string;
  readonly property: Property;
  /** What does not bear it; undefined where the connection says nothing of it. */
  asks(connection: Connection): Maybe<T> | undefined;
  /** What is left of that where there is no trouble. */
  readonly harmless: T;
  /** Whether the pooler does it. */
  shared(limit: Limit): Maybe<boolean> | undefined;
  evidence(connection: Connection): readonly Evidence[];
}

const cursors: Consequence<'off' | 'possible' | 'used'> = {
  name: 'cutCursors',
  property: choice(
    ['off', 'possible', 'used'],
    'Cursors that a pooler between cuts off from their session: none, those that code may ask for, those it asks for.',
  ),
  asks: ({ properties }) => properties.cursors,
  harmless: 'off',
  shared: isShared,
  evidence: ({ places }) => {
    const place = places?.cursors;
    return place === undefined
      ? []
      : [place].flat().map((location) => ({ message: 'rows are read through such a cursor here', location }));
  },
};

const statements: Consequence<boolean> = {
  name: 'cutStatements',
  property: boolean('Whether a pooler between cuts prepared statements off from their session.'),
  asks: ({ properties }) => properties.preparesStatements,
  harmless: false,
  shared: (limit) => {
    const shared = isShared(limit);
    if (shared !== true || limit.prepares === undefined) return shared;
    return isUnknown(limit.prepares) ? unknown<boolean>(limit.prepares.unknown) : !limit.prepares;
  },
  evidence: () => [],
};

const transactions: Consequence<boolean> = {
  name: 'heldTransaction',
  property: boolean('Whether each request keeps a connection of the pooler between for as long as it is worked on.'),
  asks: ({ properties }) => properties.transactionPerRequest,
  harmless: false,
  shared: isShared,
  evidence: () => [],
};

export const cutCursors = derivationOf(cursors);
export const cutStatements = derivationOf(statements);
export const heldTransaction = derivationOf(transactions);

function isShared({ poolMode }: Limit): Maybe<boolean> | undefined {
  if (poolMode === undefined) return undefined;
  return isUnknown(poolMode) ? unknown<boolean>(poolMode.unknown) : poolMode !== 'session';
}

function derivationOf<T>(consequence: Consequence<T>): FactDerivation {
  const { name, property } = consequence;
  return {
    name,
    kinds: ['database-connection'],
    property,
    derive(fact, part, system) {
      const connection = connectionOf(fact);
      const asked = connection === undefined ? undefined : consequence.asks(connection);
      if (connection === undefined || asked === undefined || asked === consequence.harmless) return undefined;
      return follow(consequence, connection, asked, part, system);
    },
  };
}

function connectionOf(fact: Fact): Connection | undefined {
  return isKind(databaseConnection, fact) ? fact : undefined;
}

function follow<T>(consequence: Consequence<T>, connection: Connection, asked: Maybe<T>, part: Part, system: System) {
  const pooler = poolerBehind(connection, part, system);
  if (pooler === undefined) return undefined;
  const outcomes = isUnknown(asked) ? asked.candidates : [consequence.harmless, asked];
  if (isUnknown(pooler)) return open<T>(pooler.unknown, outcomes);
  const evidence = [
    ...pooler.limits
      .slice(0, 1)
      .map(({ location }) => ({ message: `${pooler.part.name} stands between, set up here`, location })),
    ...consequence.evidence(connection),
  ];
  const answers = pooler.limits.map(({ properties }) => consequence.shared(properties));
  const [shared = unknown<boolean>(`how ${pooler.part.name} pools is not told`)] = answers;
  if (answers.some((other) => other !== shared))
    return open<T>(`the databases of ${pooler.part.name} differ`, outcomes, evidence);
  if (isUnknown(shared)) return open<T>(shared.unknown, outcomes, evidence);
  return derived(shared ? asked : consequence.harmless, evidence);
}

function open<T>(reason: string, outcomes: readonly T[] | undefined, evidence: readonly Evidence[] = []) {
  return derived<T>(outcomes === undefined ? unknown(reason) : unknown(reason, outcomes), evidence);
}
