import { judged, type AuditRequest } from './audit.js';
import type { Inventory } from './discover/inventory.js';
import type { Maybe } from './location.js';
import type { Component, Headroom } from './model/model.js';
import { didYouMean } from './nearest.js';
import type { Audit } from './report/report.js';
import { pathsOf } from './rules/predicate.js';
import type { Result } from './rules/result.js';
import type { Rule } from './rules/rule.js';
import { UsageError } from './usage-error.js';

export interface SimulationRequest extends AuditRequest {
  readonly instances: number;
  /** Names of components; none for all that answer requests. */
  readonly only: readonly string[];
}

/** Something that is wrong at the size that was asked for. */
export interface Break {
  /** The smallest number of instances at which it is. */
  readonly from: number;
  readonly result: Result;
}

export interface Simulation {
  readonly instances: number;
  readonly components: readonly { readonly component: Component; readonly today: Maybe<number> }[];
  /** What breaks first stands first. */
  readonly breaks: readonly Break[];
  /** Limits that leave room for so many of the components, the nearest first. */
  readonly holds: readonly Headroom[];
  /** What size would decide if it were known. */
  readonly undecided: readonly Result[];
  /** At the size that was asked for. */
  readonly audit: Audit;
}

/** What follows of the number of instances; a rule that reads none of it says the same at every size. */
const BY_SIZE: ReadonlySet<string> = new Set([
  'instances',
  'instancesAtLeast',
  'reach',
  'standing',
  'volumeStanding',
  'hidesLocalState',
  'binding',
  'demand',
  'overBudget',
]);

/** Audits the repository as if some components ran in more (or fewer) instances. @throws UsageError where there is no such component. */
export async function simulate(request: SimulationRequest, inventory?: Inventory): Promise<Simulation> {
  const { gathered, judge } = await judged(request, inventory);
  const chosen = chosenOf(gathered.model.components, request.only);
  const memory = new Map<number, Audit>();
  const at = (instances: number): Audit => {
    const known =
      memory.get(instances) ?? judge(gathered.modelAt(new Map(chosen.map(({ name }) => [name, instances]))));
    memory.set(instances, known);
    return known;
  };
  const audit = at(request.instances);
  const bySize = new Set(audit.ruleSet.rules.filter(readsSize).map(({ id }) => id));
  const relevant = audit.evaluation.results.filter(({ ruleId }) => bySize.has(ruleId));
  const names = new Set(chosen.map(({ name }) => name));
  return {
    instances: request.instances,
    components: audit.model.components.flatMap((component) => {
      const before = chosen.find(({ name }) => name === component.name);
      return before === undefined ? [] : [{ component, today: before.properties.instances.value }];
    }),
    breaks: relevant
      .filter(isBroken)
      .map((result) => ({ result, from: smallest(result, request.instances, at) }))
      .sort((a, b) => a.from - b.from),
    holds: audit.model.headroom.filter((one) => names.has(one.component) && one.instances >= request.instances),
    undecided: relevant.filter(({ kind }) => kind === 'open'),
    audit,
  };
}

function readsSize({ fails, worsens, applies }: Rule): boolean {
  return [fails, worsens, applies]
    .flatMap((predicate) => pathsOf(predicate))
    .some(([first = '', second]) => BY_SIZE.has(first === 'component' && second !== undefined ? second : first));
}

function isBroken({ kind, level }: Result): boolean {
  return kind === 'fail' && level === 'error';
}

/** What fits into fewer instances is not broken by fewer: the boundary is found by halving. */
function smallest(result: Result, instances: number, at: (instances: number) => Audit): number {
  const key = placeOf(result);
  const broken = (many: number): boolean =>
    at(many).evaluation.results.some((one) => isBroken(one) && placeOf(one) === key);
  let [below, above] = [0, instances];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (broken(middle)) above = middle;
    else below = middle;
  }
  return above;
}

function placeOf({ ruleId, location: { uri, region } }: Result): string {
  return `${ruleId}\0${uri}\0${region.startLine}\0${region.startColumn}`;
}

function chosenOf(components: readonly Component[], only: readonly string[]): readonly Component[] {
  const names = components.map(({ name }) => name);
  if (only.length > 0) {
    return only.map((name) => {
      const found = components.find((one) => one.name === name);
      if (found !== undefined) return found;
      const there = names.length === 0 ? 'there is none' : `there are: ${names.join(', ')}`;
      throw new UsageError(`--component ${name}: no such component${didYouMean(name, names) || `; ${there}`}`);
    });
  }
  const growing = components.filter(({ directory, role }) => directory !== null && role === 'web');
  if (growing.length > 0) return growing;
  const there = names.length === 0 ? '' : `; name one with --component: ${names.join(', ')}`;
  throw new UsageError(`nothing that answers requests was found${there}`);
}
