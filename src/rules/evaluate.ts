import { createHash } from 'node:crypto';
import type { Configuration } from '../configuration.js';
import type { Fact, FactKind, Property } from '../facts/fact.js';
import { groupBy } from '../group-by.js';
import { compareLocations, isUnknown, startOf, type Evidence, type Location } from '../location.js';
import type { Component, ComponentRole, Derived } from '../model/model.js';
import { TOLD_BY_CODE } from '../model/unread.js';
import { decide, pathsOf, type PropertyOf } from './predicate.js';
import type { Evaluation, RelatedLocation, Result, ResultKind, ResultLevel, Verdict } from './result.js';
import type { Properties, Rule, RuleLevel, RuleSet } from './rule.js';

/** What rules may read, for values that are not known. */
export interface Vocabulary {
  readonly kinds: ReadonlyMap<string, FactKind>;
  /** Properties derived of facts, by name. */
  readonly derived: ReadonlyMap<string, Property>;
  /** Properties of components, by name. */
  readonly component: ReadonlyMap<string, Property>;
}

export interface EvaluationRequest {
  readonly components: readonly Component[];
  readonly ruleSet: RuleSet;
  readonly configuration: Configuration;
  readonly vocabulary: Vocabulary;
  /** Fact kinds of which something may be missing because an extractor failed. */
  readonly crashed: ReadonlyMap<string, string>;
}

interface Target {
  readonly properties: Properties;
  readonly location: Location;
  readonly evidence: readonly Evidence[];
  readonly identity: string;
}

/** Holds every rule against every component. */
export function evaluate(request: EvaluationRequest): Evaluation {
  const results: Result[] = [];
  const verdicts: Verdict[] = [];
  for (const component of request.components) {
    const settings = request.configuration.components[component.name];
    if (settings?.ignore === true) continue;
    for (const rule of request.ruleSet.rules) {
      const override = settings?.rules?.[rule.id] ?? request.configuration.rules[rule.id];
      if (override === 'off') continue;
      const outcomes = targetsOf(rule, component).flatMap((target) =>
        judge(rule, target, component.name, override, request.vocabulary),
      );
      for (const outcome of outcomes) if (outcome.result !== undefined) results.push(outcome.result);
      verdicts.push({
        ruleId: rule.id,
        component: component.name,
        kind: summary(
          outcomes.map((outcome) => outcome.kind),
          request.crashed.has(rule.subject) || (component.unread !== undefined && TOLD_BY_CODE.has(rule.subject)),
        ),
      });
    }
  }
  const roles = new Map(request.components.map(({ name, role }) => [name, role]));
  const weightOf = (name: string): number => CONCERNED.indexOf(roles.get(name) ?? 'unknown');
  return { results: mergeComponents(results, weightOf), suppressed: [], verdicts };
}

function summary(kinds: readonly Verdict['kind'][], missing: boolean): Verdict['kind'] {
  for (const kind of ['fail', 'open'] as const) if (kinds.includes(kind)) return kind;
  if (missing) return 'open';
  return kinds.includes('pass') ? 'pass' : 'notApplicable';
}

function targetsOf(rule: Rule, component: Component): Target[] {
  const own = componentProperties(component);
  const read = [rule.fails, rule.worsens, rule.eases].flatMap((predicate) => pathsOf(predicate));
  const evidenceOf = (
    properties: Readonly<Record<string, Derived<unknown>>>,
    names: readonly (string | undefined)[],
  ): Evidence[] =>
    [...new Set(names)].flatMap((name) => (name === undefined ? [] : (properties[name]?.evidence ?? [])));
  const ofComponent = { ...component.properties };
  if (rule.subject === 'component') {
    const evidence = evidenceOf(
      ofComponent,
      read.map(([name]) => name),
    );
    return [{ properties: own, location: component.location, evidence, identity: '' }];
  }
  return component.subjects
    .filter((subject) => subject.fact.kind === rule.subject)
    .map(({ fact, derived }) => ({
      properties: { ...fact.properties, ...valuesOf(derived), component: own },
      location:
        read.map(([name]) => firstPlace(fact.places?.[name ?? ''])).find((place) => place !== undefined) ??
        fact.location,
      evidence: [
        ...evidenceOf(
          derived,
          read.map(([name]) => name),
        ),
        ...evidenceOf(
          ofComponent,
          read.map(([name, inner]) => (name === 'component' ? inner : undefined)),
        ),
        ...fact.evidence,
      ],
      identity: identityOf(fact),
    }));
}

function firstPlace(place: Location | readonly Location[] | undefined): Location | undefined {
  return Array.isArray(place) ? (place as readonly Location[])[0] : (place as Location | undefined);
}

function valuesOf(derived: Readonly<Record<string, Derived<unknown>>>): Properties {
  return Object.fromEntries(Object.entries(derived).map(([name, { value }]) => [name, value]));
}

export function componentProperties(component: Component): Properties {
  return {
    name: component.name,
    role: component.role,
    audience: component.audience,
    ...valuesOf({ ...component.properties }),
  };
}

interface Judgement {
  readonly kind: Verdict['kind'];
  readonly result?: Result;
}

/** The verdict of a rule on one example of its own. An example that the rule does not apply to shows that it is silent. */
export function judgeExample(
  rule: Rule,
  subject: Properties,
  vocabulary: Vocabulary,
): { kind: Verdict['kind']; level: ResultLevel | undefined } {
  const target: Target = { properties: subject, location: startOf(''), evidence: [], identity: '' };
  const [judgement] = judge(rule, target, '', undefined, vocabulary);
  return { kind: judgement?.kind ?? 'pass', level: judgement?.result?.level };
}

function judge(
  rule: Rule,
  target: Target,
  component: string,
  override: RuleLevel | undefined,
  vocabulary: Vocabulary,
): Judgement[] {
  const propertyOf = propertiesOf(rule, vocabulary);
  const ask = (predicate: Rule['applies']) =>
    predicate === undefined ? undefined : decide(predicate, target.properties, propertyOf);
  const applies = ask(rule.applies);
  if (applies?.outcome === 'false') return [];
  const fails = decide(rule.fails, target.properties, propertyOf);
  if (fails.outcome === 'false') return applies?.outcome === 'open' ? [] : [{ kind: 'pass' }];
  const open = fails.outcome === 'open' || applies?.outcome === 'open';
  const kind: ResultKind = open ? 'open' : 'fail';
  const level: ResultLevel = open
    ? 'none'
    : (override ?? levelOf(rule, ask(rule.worsens)?.outcome, ask(rule.eases)?.outcome));
  const reasons = [...new Set([...fails.reasons, ...(applies?.reasons ?? [])])];
  const message = open ? `cannot be decided: ${reasons.join('; ')}` : fill(rule.message, target.properties);
  return [
    {
      kind,
      result: {
        ruleId: rule.id,
        kind,
        level,
        message,
        location: target.location,
        relatedLocations: related(target),
        component,
        alsoIn: [],
        fingerprint: fingerprint(rule.id, component, target.identity),
        effort: rule.effort,
        help: rule.help.map((step) => fillStep(step, target.properties)),
        ...unitOf(rule, target.properties),
      },
    },
  ];
}

function unitOf({ together }: Rule, properties: Properties): Pick<Result, 'unit'> {
  const unit = typeof together === 'string' ? properties[together] : undefined;
  return typeof unit === 'string' && unit !== '' ? { unit } : {};
}

function levelOf(rule: Rule, worsens: string | undefined, eases: string | undefined): RuleLevel {
  if (worsens === 'true') return 'error';
  return eases === 'true' ? 'note' : rule.level;
}

function propertiesOf(rule: Rule, vocabulary: Vocabulary): PropertyOf {
  return ([first = '', second]) => {
    if (rule.subject === 'component') return vocabulary.component.get(first);
    if (first === 'component') return second === undefined ? undefined : vocabulary.component.get(second);
    return vocabulary.kinds.get(rule.subject)?.properties[first] ?? vocabulary.derived.get(first);
  };
}

/** Fills the {{holes}} of a message. */
export function fill(message: string, properties: Properties): string {
  return message.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path: string) => {
    let value: unknown = properties;
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
    if (value === undefined || value === null) return 'unknown';
    if (isUnknown(value)) return possibly(value.candidates) ?? `an unknown ${path.slice(path.lastIndexOf('.') + 1)}`;
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** Of a few words all that it can be: "process or host". */
function possibly(candidates: readonly unknown[] | undefined): string | undefined {
  const words = (candidates ?? []).filter((one) => typeof one === 'string' && one !== '');
  return words.length > 0 && words.length < 4 && words.length === candidates?.length ? words.join(' or ') : undefined;
}

/** A step without the part that nothing is known for: "Use a shared cache: {{remedy}}" ends before the colon then. */
function fillStep(step: string, properties: Properties): string {
  return step.replace(/:?\s*\{\{\s*(\w+)\s*\}\}/g, (hole, name: string) => {
    const value = properties[name];
    return value === undefined || value === '' || isUnknown(value) ? '' : fill(hole, properties);
  });
}

function related(target: Target): RelatedLocation[] {
  const seen = new Set<string>();
  return target.evidence.filter(({ message, location }) => {
    const key = `${message}\0${location.uri}\0${location.region.startLine}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** What makes a fact this fact and no other, without line numbers: its kind, its file's name and its known short properties. */
function identityOf(fact: Fact): string {
  const words = Object.entries(fact.properties)
    .filter(([, value]) => typeof value === 'string' && value.length < 200)
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort();
  return [fact.kind, fact.technology, ...words].join('\n');
}

function fingerprint(ruleId: string, component: string, identity: string): string {
  return createHash('sha256').update(`${ruleId}\n${component}\n${identity}`).digest('hex').slice(0, 32);
}

const ORDER: Readonly<Record<ResultLevel, number>> = { error: 0, warning: 1, note: 2, none: 3 };

/** Of components that are hit alike the one that most people wait for is named first. */
const CONCERNED: readonly ComponentRole[] = ['web', 'proxy', 'unknown', 'worker', 'scheduler', 'job'];

/** The same place can give the same result in several components that run the same code: said once, for the worst hit. */
function mergeComponents(results: readonly Result[], weightOf: (component: string) => number): Result[] {
  const spotOf = ({ ruleId, location: { uri, region } }: Result): string =>
    `${ruleId}\0${uri}\0${region.startLine}\0${region.startColumn}`;
  // One place can give several results in one component as well: an image brings a language and a distribution.
  const told = new Map<string, string[]>();
  const numberOf = (result: Result): number => {
    const key = `${spotOf(result)}\0${result.component}`;
    const messages = told.get(key) ?? [];
    told.set(key, messages);
    if (!messages.includes(result.message)) messages.push(result.message);
    return messages.indexOf(result.message);
  };
  const groups = groupBy(results, (result) => `${spotOf(result)}\0${String(numberOf(result))}`);
  return mergeOpen([...groups.values()].map((group) => mergeGroup(group, weightOf))).sort(
    (a, b) => compareLocations(a.location, b.location) || (a.ruleId < b.ruleId ? -1 : 1),
  );
}

/** One thing that is not known leaves the same rule open in many places: it is told once, and the places with it. */
function mergeOpen(results: readonly Result[]): Result[] {
  const groups = groupBy(results, (result) =>
    result.kind === 'open' ? `${result.ruleId}\0${result.component}\0${result.message}` : result,
  );
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group.sort((a, b) => compareLocations(a.location, b.location));
    if (rest.length === 0) return first;
    const more = rest.map(({ location }) => ({ message: 'open for the same reason', location }));
    return { ...first, relatedLocations: [...first.relatedLocations, ...more] };
  });
}

function mergeGroup(group: [Result, ...Result[]], weightOf: (component: string) => number): Result {
  const [first, ...rest] = group.sort(
    (a, b) =>
      ORDER[a.level] - ORDER[b.level] ||
      weightOf(a.component) - weightOf(b.component) ||
      (a.component < b.component ? -1 : 1),
  );
  const alsoIn = [...new Set(rest.map((result) => result.component))].filter((name) => name !== first.component).sort();
  return { ...first, alsoIn };
}
