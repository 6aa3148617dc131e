import { compression } from '../../facts/compression.js';
import { connectionLimit } from '../../facts/connection-limit.js';
import { isKind, type Fact } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { middleware } from '../../facts/middleware.js';
import type { Evidence } from '../../location.js';
import type { Part } from '../component.js';
import { known } from '../deployment.js';

/** What a component does for a request on its way, and where that is set. */
export function detailsOf(part: Part): Evidence[] {
  const { instances, processes } = part.properties;
  return [
    ...(instances?.evidence ?? []),
    ...(processes?.evidence ?? []),
    ...chainOf(part),
    ...part.facts.flatMap((fact) => {
      const message = sentence(fact);
      return message === undefined ? [] : [{ message, location: fact.location }];
    }),
  ];
}

/** The whole chain in one line: each of its steps is a fact of its own. */
function chainOf({ facts }: Part): Evidence[] {
  const steps = facts
    .filter((fact) => isKind(middleware, fact))
    .sort((a, b) => (known(a.properties.position) ?? 0) - (known(b.properties.position) ?? 0));
  const [first] = steps;
  if (first === undefined) return [];
  const names = steps.map(({ properties }) => known(properties.name) ?? 'one that is not known');
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  return [{ message: `${count} of middleware: ${names.join(', ')}`, location: first.location }];
}

function sentence(fact: Fact): string | undefined {
  if (isKind(compression, fact)) {
    const { enabled, layer, types, where } = fact.properties;
    if (known(enabled) === undefined || (known(enabled) === true && known(types) === undefined)) return undefined;
    // Whatever stands before an application may compress; what it leaves to others is no detail of it.
    if (known(enabled) === false && known(layer) === 'application') return undefined;
    if (known(enabled) === false) return `${known(where) ?? 'it'} does not compress`;
    return `${known(where) ?? 'it'} compresses ${{ 'html-only': 'HTML only', pages: 'pages and what they load', text: 'text', none: 'nothing' }[known(types) ?? 'text']}`;
  }
  if (isKind(httpCache, fact)) {
    const { content, where, cacheable, maximumAge } = fact.properties;
    if (known(cacheable) === undefined) return undefined;
    const age = known(maximumAge);
    const kept =
      known(cacheable) === true ? `may be kept${age === undefined ? '' : ` for ${age} seconds`}` : 'may not be kept';
    return `${known(content) ?? 'content'} of ${known(where) ?? 'a place'} ${kept}`;
  }
  if (isKind(connectionLimit, fact)) {
    const { clients, poolMode } = fact.properties;
    const mode = known(poolMode);
    return `accepts ${known(clients) ?? 'an unknown number of'} connections${mode === undefined ? '' : `, pools by ${mode}`}`;
  }
  return undefined;
}
