import { environmentVariable } from '../facts/environment-variable.js';
import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { groupBy } from '../group-by.js';
import type { EnvironmentVariable } from '../link/program.js';
import { known } from './deployment.js';

export type Variables = ReadonlyMap<string, ReadonlyMap<string, EnvironmentVariable>>;

/** Every set of variables by its name. A variable that another set gives the value of has that value where the set is here. */
export function variableSets(facts: readonly Fact[]): Variables {
  const variables = facts.filter((fact) => isKind(environmentVariable, fact));
  const own = new Map(
    ofProduction(variables).map((fact) => [
      `${known(fact.properties.set) ?? ''}#${known(fact.properties.name) ?? ''}`,
      fact,
    ]),
  );
  const sets = new Map<string, Map<string, EnvironmentVariable>>();
  for (const [set, written] of groupBy(variables, (fact) => known(fact.properties.set) ?? '')) {
    const members = ofProduction(written);
    const values = members.map((fact): [string, EnvironmentVariable] => {
      const referred = own.get(known(fact.properties.reference) ?? '');
      const { properties, location } = referred ?? fact;
      return [known(fact.properties.name) ?? '', { value: properties.value, location }];
    });
    sets.set(set, new Map(values));
  }
  return sets;
}

const PRODUCTION = /^[-._](?:prod|production|prd|live)$/i;

/**
 * The set that a name stands for: that one, or, of a file that is laid beside the others when it is deployed, what is called
 * like it and production: `env.public.production` for `env.public`.
 */
export function heldSet(variables: Variables, set: string): string | undefined {
  if (variables.has(set)) return set;
  if (!set.startsWith('file:')) return undefined;
  const found = [...variables.keys()].filter((name) => name.startsWith(set) && PRODUCTION.test(name.slice(set.length)));
  return found.length === 1 ? found[0] : undefined;
}

type Variable = FactOf<typeof environmentVariable>;

const TRIED_OUT =
  /(?:^|[-_./])(?:dev|develop|development|tests?|testing|local|qa|uat|stage|staging|preview|sandbox)(?:[-_./]|$)/i;

/**
 * `config-test.yml` and `config-prod.yml` write the same set of variables, and one of them is applied: not the one that
 * says it is for trying out, so that stands first, where it counts only for what the others leave out.
 */
function ofProduction(variables: readonly Variable[]): readonly Variable[] {
  const tried = variables.filter(({ location }) => TRIED_OUT.test(location.uri));
  return tried.length === 0 || tried.length === variables.length
    ? variables
    : [...tried, ...variables.filter(({ location }) => !TRIED_OUT.test(location.uri))];
}
