import type { Result, ResultLevel } from '../rules/result.js';
import type { Rule } from '../rules/rule.js';
import { WEIGHTS } from '../rules/rule.js';
import type { Audit } from './report.js';

/** The failed results of one rule at one level: what a reader takes in at once. */
export interface Group {
  readonly ruleId: string;
  readonly rule: Rule | undefined;
  readonly level: ResultLevel;
  readonly results: readonly Result[];
  /** Points of the score that the rule costs. */
  readonly points: number;
}

const LEVELS: readonly ResultLevel[] = ['error', 'warning', 'note', 'none'];

/** Worst first: what is broken today, then what gives back most points for the least effort. */
export function ranking({ evaluation, ruleSet, scorecard }: Audit): Group[] {
  const points = pointsOfRules(scorecard, ruleSet);
  const groups = new Map<string, Result[]>();
  for (const result of evaluation.results) {
    if (result.kind !== 'fail') continue;
    const key = `${result.level} ${result.ruleId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  const rules = new Map(ruleSet.rules.map((rule) => [rule.id, rule]));
  return [...groups.values()]
    .flatMap((results) => {
      const [first] = results;
      if (first === undefined) return [];
      const { ruleId, level } = first;
      const rule = rules.get(ruleId);
      return [{ ruleId, level, results: mostFirst(results, rule), rule, points: points.get(ruleId) ?? 0 }];
    })
    .sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        b.points - a.points ||
        weightOf(b) - weightOf(a) ||
        (a.ruleId < b.ruleId ? -1 : 1),
    );
}

/** Of what is told together the places that one change mends most of come first, then what has most evidence. */
function mostFirst(results: readonly Result[], rule: Rule | undefined): readonly Result[] {
  if (rule?.together === undefined) return results;
  // Places told together have a sentence each, evidence has none.
  const places = ({ relatedLocations }: Result): number =>
    relatedLocations.filter(({ message }) => message.endsWith('.')).length;
  return [...results].sort((a, b) => places(b) - places(a) || b.relatedLocations.length - a.relatedLocations.length);
}

/** One group for each rule whose smallest step gives most, in the order in which the steps pay. Notes ask for nothing. */
export function firstSteps(groups: readonly Group[]): Group[] {
  const seen = new Set<string>();
  return groups.filter(({ ruleId, rule, level }) => {
    if (level === 'note' || rule?.help[0] === undefined || seen.has(ruleId)) return false;
    seen.add(ruleId);
    return true;
  });
}

/** A category counts its points to a hundred of its own; of the whole they are its share. */
function pointsOfRules({ categories }: Audit['scorecard'], ruleSet: Audit['ruleSet']): Map<string, number> {
  const weights = new Map(ruleSet.categories.map(({ id, weight }) => [id, weight]));
  const counted = categories.filter(({ value }) => value !== null);
  const whole = counted.reduce((sum, { id }) => sum + (weights.get(id) ?? 0), 0);
  const points = new Map<string, number>();
  for (const { id, lost } of counted) {
    const share = whole === 0 ? 0 : (weights.get(id) ?? 0) / whole;
    for (const one of lost) points.set(one.ruleId, (points.get(one.ruleId) ?? 0) + one.points * share);
  }
  return points;
}

function weightOf({ rule }: Group): number {
  return rule === undefined ? 0 : WEIGHTS[rule.weight];
}
