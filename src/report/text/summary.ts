import { basename } from 'node:path';
import { harmless } from '../../harmless.js';
import type { Scorecard } from '../../score/scorecard.js';
import { countsInWords } from '../in-words.js';
import { firstSteps, type Group } from '../ranking.js';
import type { Audit } from '../report.js';
import { count, ends, heading, padded, paragraph, percent, type Paint, type Paper } from './paper.js';

const BAR = 20;
const MOST_STEPS = 5;

/** Name, score, and the score of each category. */
export function scoreLines(paper: Paper, audit: Audit): string[] {
  const { inventory, scorecard, tool } = audit;
  const { bold, dim } = paper.paint;
  const title = ends(paper, bold(harmless(basename(inventory.root))), dim(`${tool.name} ${tool.version}`));
  const lines = [...title, '', ...ends(paper, `  ${scoreInWords(paper, scorecard)}`, dim(countsInWords(audit)))];
  const categories = scorecard.categories.filter(({ coverage }) => coverage !== null);
  if (categories.length > 0) lines.push('');
  const longest = Math.max(0, ...categories.map((category) => category.title.length));
  for (const { title: name, value, grade, coverage } of categories) {
    const label = padded(`  ${harmless(name)}`, longest + 4);
    if (value === null) {
      lines.push(`${label}${dim(`${'·'.repeat(BAR)}      nothing could be decided`)}`);
      continue;
    }
    const filled = Math.round((value / 100) * BAR);
    const bar = `${gradePaint(paper, grade)('█'.repeat(filled))}${dim('░'.repeat(BAR - filled))}`;
    const decided = coverage === null || coverage >= 1 ? '' : dim(`  on ${percent(coverage)} decided`);
    lines.push(`${label}${bar} ${String(Math.round(value)).padStart(3)}  ${grade ?? ''}${decided}`);
  }
  return lines;
}

function scoreInWords(paper: Paper, { value, grade, coverage }: Scorecard): string {
  const { bold, dim } = paper.paint;
  if (value === null)
    return bold(coverage === null ? 'No score: nothing to judge was found.' : 'No score: nothing could be decided.');
  const decided = coverage === null ? '' : `, on ${percent(coverage)} decided`;
  const none = grade === null ? ': too little for a grade' : '';
  const score = gradePaint(paper, grade)(bold(`${Math.round(value)} of 100${grade === null ? '' : ` (${grade})`}`));
  return `${score}${dim(`${decided}${none}`)}`;
}

function gradePaint(paper: Paper, grade: Scorecard['grade']): Paint {
  const { green, yellow, red } = paper.paint;
  if (grade === null) return yellow;
  if (grade === 'A' || grade === 'B') return green;
  return grade === 'C' || grade === 'D' ? yellow : red;
}

/** The smallest step of the worst rules, in the order in which they pay. */
export function firstStepLines(paper: Paper, groups: readonly Group[]): string[] {
  const steps = firstSteps(groups);
  if (steps.length === 0) return [];
  const lines = heading(paper, 'DO FIRST');
  for (const [index, group] of steps.slice(0, MOST_STEPS).entries()) {
    const { rule, ruleId, level, results, points } = group;
    const gain = points >= 0.5 ? `, +${Math.round(points)} points` : '';
    const what = `${ruleId}: ${count(results.length, level)}, ${rule?.effort ?? ''}${gain}`;
    lines.push('', ...paragraph(paper, results[0]?.help[0] ?? '', 5, undefined, `  ${index + 1}.`));
    lines.push(...paragraph(paper, what, 5, paper.paint.dim));
  }
  return lines;
}

/** The last lines of the report, which a build log ends with. */
export function totals(paper: Paper, audit: Audit): string[] {
  return [
    ...heading(paper, 'TOTAL'),
    '',
    ...paragraph(paper, countsInWords(audit), 2),
    `  ${scoreInWords(paper, audit.scorecard)}`,
  ];
}
