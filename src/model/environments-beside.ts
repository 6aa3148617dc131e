import { environmentVariable } from '../facts/environment-variable.js';
import { isKind, type Fact } from '../facts/fact.js';
import { groupBy } from '../group-by.js';
import { unknown, type Notification } from '../location.js';
import { folderOf } from '../repository-path.js';
import { known, type Workload } from './deployment.js';

/**
 * One system is often described once for each of its environments, by files of one pattern beside each other that name
 * what they start after the environment: `manifest-blue.yml` has `shop-blue`, `manifest-main.yml` has `shop-main`. Production is
 * the one of which something says so; where nothing does, what they differ in is not known.
 */
export function oneEnvironment(
  workloads: readonly Workload[],
  facts: readonly Fact[],
): { workloads: Workload[]; notifications: Notification[] } {
  const notifications: Notification[] = [];
  const replaced = new Map<Workload, Workload | undefined>();
  for (const [key, alike] of groupBy(workloads, patternOf)) {
    const files = new Set(alike.map(({ location: { uri } }) => uri));
    const [first, ...others] = alike;
    if (key === '' || others.length === 0 || files.size < alike.length) continue;
    const production = productionOf(alike, facts);
    const taken = production?.fact ?? first;
    for (const fact of alike) replaced.set(fact, undefined);
    const rest = alike.filter((fact) => fact !== taken);
    replaced.set(taken, production === undefined ? { ...withAll(taken, rest), alternatives: rest } : taken);
    const [aside] = rest;
    if (aside === undefined) continue;
    const many = rest.length === 1 ? '' : `, and ${rest.length - 1} more beside it`;
    const why =
      production === undefined
        ? `nothing tells which of them is production, so what differs from ${taken.location.uri} is not known`
        : `${taken.location.uri} is taken for production: ${production.why}`;
    const message = `left aside${many}: they describe one system for several environments; ${why}`;
    notifications.push({ level: 'note', message, location: aside.location });
  }
  return {
    workloads: workloads.flatMap((fact) => (replaced.has(fact) ? (replaced.get(fact) ?? []) : fact)),
    notifications,
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}

/** What files for several environments have in common; empty where a file does not name what it starts after itself. */
function patternOf(fact: Workload): string {
  const { uri } = fact.location;
  const { name, container, image, buildContext, command, ports, environmentSources } = fact.properties;
  // A platform reads one file at a time; the files of a folder for a cluster are applied together, each a part.
  if (!(known(environmentSources) ?? []).some((set) => set.startsWith('platform:'))) return '';
  const file = wordsOf(uri.slice(uri.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
  const called = wordsOf(known(name) ?? '');
  // Numbers count machines. What serves nobody (workers, each with work of its own) can be started by like commands and be different things.
  if (file.length < 2 || called.length < 2 || (known(ports) ?? []).length === 0) return '';
  const own = file.findLast((word) => called.includes(word));
  const rest = called.filter((word) => word !== own);
  if (own === undefined || own !== file.at(-1) || /\d$/.test(own) || rest.length === 0) return '';
  return JSON.stringify([
    fact.technology,
    folderOf(uri),
    file.slice(0, -1),
    rest,
    known(container) === known(name) ? '' : known(container),
    known(image)?.replace(/:[^/]*$/, ''),
    known(buildContext),
    known(command),
  ]);
}

const NAMED = /^(?:prod|production|prd|live)$/i;

/** The one environment that its name, its variables or the number of its instances tells to be production; nothing where these disagree. */
function productionOf(alike: readonly Workload[], facts: readonly Fact[]): { fact: Workload; why: string } | undefined {
  const only = (of: readonly Workload[]): Workload | undefined => (of.length === 1 ? of[0] : undefined);
  const named = only(alike.filter(({ location: { uri } }) => wordsOf(uri).some((word) => NAMED.test(word))));
  if (named !== undefined) return { fact: named, why: 'its name says so' };
  const saying = new Set(
    facts
      .filter((fact) => isKind(environmentVariable, fact))
      .filter(({ properties: { name, value } }) => saysProduction(known(name) ?? '', known(value) ?? ''))
      .map((fact) => known(fact.properties.set)),
  );
  const told = only(
    alike.filter((fact) => (known(fact.properties.environmentSources) ?? []).some((set) => saying.has(set))),
  );
  const wide = only(alike.filter((fact) => (known(fact.properties.replicas) ?? 1) > 1));
  if (told !== undefined)
    return wide === undefined || wide === told ? { fact: told, why: 'its variables say so' } : undefined;
  return wide === undefined ? undefined : { fact: wide, why: 'it alone runs more than one instance' };
}

/** `IS_PRODUCTION=true`, `ENVIRONMENT=production`. */
function saysProduction(name: string, value: string): boolean {
  if (/(?:^|_)PROD(?:UCTION)?$/i.test(name)) return /^(?:true|yes|on|1)$/i.test(value);
  return /(?:^|_)(?:ENV|ENVIRONMENT|STAGE)$/i.test(name) && NAMED.test(value);
}

/** The number of instances is not known where the environments differ in it. */
function withAll(fact: Workload, others: readonly Workload[]): Workload {
  const { replicas } = fact.properties;
  if (others.every((other) => known(other.properties.replicas) === known(replicas))) return fact;
  const reason = 'files for several environments say different numbers, and nothing tells which of them is production';
  return { ...fact, properties: { ...fact.properties, replicas: unknown(reason) } };
}
