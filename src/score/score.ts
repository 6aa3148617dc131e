import type { Verdict } from '../rules/result.js';
import { WEIGHTS, type RuleSet } from '../rules/rule.js';
import type { CategoryScore, Grade, Scorecard } from './scorecard.js';

const GRADES: readonly (readonly [number, Grade])[] = [
  [90, 'A'],
  [80, 'B'],
  [65, 'C'],
  [50, 'D'],
  [30, 'E'],
  [0, 'F'],
];

/** Of less than half nobody can say how good the whole is: a number then, but no grade. */
const LEAST_COVERAGE = 0.5;

/**
 * A rule counts once per component. A category is the weighted share of what passed in what was decided, the whole is
 * the weighted mean of the categories that decided anything. Rules that do not apply weigh nothing; open ones only
 * lower the coverage.
 */
export function score(verdicts: readonly Verdict[], ruleSet: RuleSet): Scorecard {
  const weightOf = new Map(ruleSet.rules.map((rule) => [rule.id, WEIGHTS[rule.weight]]));
  const categoryOf = new Map(ruleSet.rules.map((rule) => [rule.id, rule.category]));
  let applicable = 0;
  let decided = 0;
  const categories = ruleSet.categories.map((category): CategoryScore => {
    const own = verdicts.filter((verdict) => categoryOf.get(verdict.ruleId) === category.id);
    const sum = (...kinds: Verdict['kind'][]): number =>
      own
        .filter((verdict) => kinds.includes(verdict.kind))
        .reduce((total, verdict) => total + (weightOf.get(verdict.ruleId) ?? 0), 0);
    const judged = sum('pass', 'fail');
    const applies = sum('pass', 'fail', 'open');
    applicable += applies * category.weight;
    decided += judged * category.weight;
    const value = judged === 0 ? null : round((100 * sum('pass')) / judged);
    const lost = own
      .filter((verdict) => verdict.kind === 'fail')
      .map(({ ruleId, component }) => ({
        ruleId,
        component,
        points: round((100 * (weightOf.get(ruleId) ?? 0)) / judged),
      }))
      .sort(
        (a, b) =>
          b.points - a.points ||
          (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : a.component < b.component ? -1 : 1),
      );
    return {
      id: category.id,
      title: category.title,
      value,
      grade: gradeOf(value),
      coverage: applies === 0 ? null : round(judged / applies, 3),
      lost,
    };
  });
  const counted = categories.filter((category) => category.value !== null);
  const weights = new Map(ruleSet.categories.map((category) => [category.id, category.weight]));
  const weight = counted.reduce((total, category) => total + (weights.get(category.id) ?? 0), 0);
  const points = counted.reduce(
    (total, category) => total + (category.value ?? 0) * (weights.get(category.id) ?? 0),
    0,
  );
  const value = weight === 0 ? null : Math.round(points / weight);
  const coverage = applicable === 0 ? null : round(decided / applicable, 3);
  return { value, grade: (coverage ?? 0) < LEAST_COVERAGE ? null : gradeOf(value), coverage, categories };
}

function gradeOf(value: number | null): Grade | null {
  if (value === null) return null;
  return GRADES.find(([least]) => value >= least)?.[1] ?? 'F';
}

function round(value: number, digits = 1): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
