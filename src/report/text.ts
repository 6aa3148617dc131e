import { withoutCommands } from '../harmless.js';
import { withoutScore } from './in-words.js';
import type { Report } from './report.js';
import { componentLines } from './text/components.js';
import { headroomLines } from './text/headroom.js';
import { notificationLines } from './text/notifications.js';
import { paperOf, paragraph } from './text/paper.js';
import { ranking } from './ranking.js';
import { resultLines } from './text/results.js';
import { firstStepLines, scoreLines, totals } from './text/summary.js';
import { undecidedLines } from './text/undecided.js';

/** The audit for people, from what matters most to what one looks up: score, components, first limit, steps, results. */
export const report: Report = (audit, options) => {
  const paper = paperOf(options);
  const { model, evaluation, notifications } = audit;
  const groups = ranking(audit);
  const lines = scoreLines(paper, audit);
  const why = withoutScore(audit);
  if (why !== undefined) lines.push(...paragraph(paper, why, 2));
  lines.push(
    ...componentLines(paper, model.components),
    ...headroomLines(paper, model),
    ...firstStepLines(paper, groups),
    ...resultLines(paper, groups, audit),
    ...undecidedLines(paper, evaluation.results),
    ...notificationLines(paper, notifications),
    ...totals(paper, audit),
  );
  return `${withoutCommands(lines.join('\n'))}\n`;
};
