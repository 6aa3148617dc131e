import { countsInWords, scoreInWords, withoutScore } from './in-words.js';
import { componentTable } from './markdown/components.js';
import { headroomLines } from './markdown/headroom.js';
import { notificationLines, undecidedLines } from './markdown/rest.js';
import { resultLines } from './markdown/results.js';
import { ranking } from './ranking.js';
import type { Report } from './report.js';

/** By this a bot finds its own comment again. */
const MARK = '<!-- scalecard -->';

/** GitHub refuses a longer comment (65,536 characters); the rest is for what a bot may put around it. */
const LONGEST = 65_000;

/** A comment for a pull request, and the summary of a job. The worst results are kept where not all of them fit. */
export const report: Report = (audit, options) => {
  const { tool, scorecard, evaluation, model, notifications } = audit;
  const why = withoutScore(audit);
  const head = [
    MARK,
    '',
    `## Scalecard: ${scoreInWords(scorecard)}`,
    '',
    countsInWords(audit),
    ...(why === undefined ? [] : ['', why]),
    ...componentTable(model.components),
    ...headroomLines(model, options),
  ];
  const tail = [
    ...undecidedLines(evaluation.results, options),
    ...notificationLines(notifications, options),
    '',
    `<sub>${tool.name} ${tool.version}</sub>`,
  ];
  const space = LONGEST - head.join('\n').length - tail.join('\n').length;
  return `${[...head, ...resultLines(ranking(audit), space, options), ...tail].join('\n')}\n`;
};
