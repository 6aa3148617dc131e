import { harmless } from '../../harmless.js';
import type { Result } from '../../rules/result.js';
import { whatTells } from '../what-tells.js';
import { count, heading, paragraph, place, type Paper } from './paper.js';

/** Reasons beyond that are for `--format json`. */
const MOST_REASONS = 12;
const MOST_PLACES = 3;

/** What could not be decided, by reason: one unknown value often leaves several rules open. */
export function undecidedLines(paper: Paper, results: readonly Result[]): string[] {
  const reasons = new Map<string, Result[]>();
  for (const result of results) {
    if (result.kind !== 'open') continue;
    const group = reasons.get(result.message);
    if (group === undefined) reasons.set(result.message, [result]);
    else group.push(result);
  }
  if (reasons.size === 0) return [];
  const total = [...reasons.values()].reduce((sum, group) => sum + group.length, 0);
  const lines = heading(paper, `COULD NOT BE DECIDED (${total})`);
  const sorted = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  for (const [message, group] of sorted.slice(0, MOST_REASONS)) {
    const rules = [...new Set(group.map(({ ruleId }) => ruleId))].join(', ');
    const places = [...new Set(group.map(({ location }) => place(location)))];
    const more = places.length - MOST_PLACES;
    const where = `${places.slice(0, MOST_PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    const reason = message.replace(/^cannot be decided: /, '');
    lines.push('', ...paragraph(paper, reason, 4, undefined, '  ?'));
    const [tells] = group.map(whatTells);
    if (tells !== undefined) lines.push(...paragraph(paper, tells, 4, paper.paint.cyan));
    lines.push(...paragraph(paper, `${rules} at ${where}`, 4, paper.paint.dim));
  }
  const more = sorted.length - MOST_REASONS;
  if (more > 0) lines.push('', `  ${harmless(`and ${count(more, 'reason')} more; --format json lists them`)}`);
  return lines;
}
