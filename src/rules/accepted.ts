import type { Result, Verdict } from './result.js';

/** What someone has looked at and accepted with a reason costs no points, and earns none. */
export function accepted(
  verdicts: readonly Verdict[],
  results: readonly Result[],
  suppressed: readonly Result[],
): Verdict[] {
  const concerns = (result: Result, { ruleId, component }: Verdict): boolean =>
    result.ruleId === ruleId && (result.component === component || result.alsoIn.includes(component));
  return verdicts.map((verdict) => {
    const isAccepted =
      suppressed.some((result) => concerns(result, verdict)) && !results.some((result) => concerns(result, verdict));
    return isAccepted ? { ...verdict, kind: 'notApplicable' } : verdict;
  });
}
