import type { Value } from '../value.js';

/** What code is told by the way it is deployed. */
export interface Surroundings {
  /** Variables of the environment, those that the lines which start the component set among them. */
  readonly environment: (name: string) => Value;
  /** The path of the repository that an absolute path of the container means. */
  readonly mounted: (path: string) => string | undefined;
}

/** What a component holds together with others. */
export interface Held<T> {
  readonly thing: T;
  /** Whether others and it have been told the same so far: else what it is told from now on is not meant for it. */
  readonly isShared: () => boolean;
}

interface Told {
  readonly ask: (one: Surroundings) => unknown;
  readonly answer: string;
}

/**
 * Makes a thing once for all that would be told the same while it is made and asked. It writes down each question with the
 * answer that the first of them gives; who gives another answer, to what was asked before it came or to what is asked later,
 * gets a thing of its own. So no value of one component ever reaches another that does not have it.
 */
export function sharing<T>(make: (told: Surroundings) => T): (own: Surroundings) => Held<T> {
  const all: ((own: Surroundings) => Held<T> | undefined)[] = [];
  return (own) => {
    for (const join of all) {
      const held = join(own);
      if (held !== undefined) return held;
    }
    const made = sharedThing(make, own);
    all.push(made.join);
    return made.first;
  };
}

function sharedThing<T>(
  make: (told: Surroundings) => T,
  first: Surroundings,
): { readonly first: Held<T>; readonly join: (own: Surroundings) => Held<T> | undefined } {
  const asked = new Map<string, Told>();
  const others = new Set<Surroundings>();
  const says = (one: Surroundings, { ask, answer }: Told): boolean => JSON.stringify([ask(one)]) === answer;
  const told = <A>(key: string, ask: (one: Surroundings) => A): A => {
    const answer = ask(first);
    if (!asked.has(key)) {
      const noted: Told = { ask, answer: JSON.stringify([answer]) };
      asked.set(key, noted);
      for (const other of others) if (!says(other, noted)) others.delete(other);
    }
    return answer;
  };
  const thing = make({
    environment: (name) => told(`environment ${name}`, (one) => one.environment(name)),
    mounted: (path) => told(`mounted ${path}`, (one) => one.mounted(path)),
  });
  return {
    first: { thing, isShared: () => true },
    join(own) {
      for (const one of asked.values()) if (!says(own, one)) return undefined;
      others.add(own);
      return { thing, isShared: () => others.has(own) };
    },
  };
}
