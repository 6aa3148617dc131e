import type { Result, ResultLevel } from '../../rules/result.js';
import type { Group } from '../ranking.js';
import type { ReportOptions } from '../report.js';
import { count } from '../text/paper.js';
import { html, place, prose } from './escape.js';

const SIGNS: Readonly<Record<ResultLevel, string>> = { error: '❌', warning: '⚠️', note: 'ℹ️', none: '' };

const MOST_REASONS = 3;
/** So many results of one rule are listed before those of the next one. */
const MOST_PLACES = 30;
/** For the line that counts what did not fit. */
const RESERVE = 200;

/** Every failed result by level and rule, the worst first, as long as there is space for so many characters. */
export function resultLines(groups: readonly Group[], space: number, options: ReportOptions): string[] {
  const lines: string[] = [];
  const told = new Set<string>();
  let left = space - RESERVE;
  let missing = 0;
  let level: ResultLevel | undefined;
  for (const group of groups) {
    const number = groups
      .filter((one) => one.level === group.level)
      .reduce((sum, { results }) => sum + results.length, 0);
    const block = [
      ...(group.level === level ? [] : ['', `### ${SIGNS[group.level]} ${count(number, group.level)}`]),
      ...groupLines(group, !told.has(group.ruleId), options),
    ];
    const length = block.join('\n').length + 1;
    if (length > left) {
      missing += group.results.length;
      continue;
    }
    left -= length;
    ({ level } = group);
    told.add(group.ruleId);
    lines.push(...block);
  }
  if (missing > 0)
    lines.push('', `${count(missing, 'further result')} did not fit into a comment; --format json lists all.`);
  return lines;
}

function groupLines({ ruleId, rule, results, points }: Group, isFirst: boolean, options: ReportOptions): string[] {
  const [first] = results;
  const step = first?.help[0];
  const gain = points >= 0.5 ? `, +${count(Math.round(points), 'point')}` : '';
  const summary = `<b>${html(ruleId)}</b>: ${count(results.length, 'place')}, ${rule?.effort ?? first?.effort ?? ''}${gain}`;
  const shown = results.slice(0, MOST_PLACES).map((result) => resultLine(result, options));
  const more = results.length - shown.length;
  return [
    '',
    `<details><summary>${summary}</summary>`,
    '',
    ...shown,
    ...(more > 0 ? [`- and ${more} more; --format json lists them`] : []),
    ...(isFirst && rule !== undefined ? ['', `**Why** ${prose(rule.why)}`] : []),
    ...(step === undefined ? [] : ['', `**Do** ${prose(step)}`]),
    '',
    '</details>',
  ];
}

function resultLine(
  { message, location, relatedLocations, component, alsoIn }: Result,
  options: ReportOptions,
): string {
  const reasons = relatedLocations
    .slice(0, MOST_REASONS)
    .map((one) => `${prose(one.message)} (${place(one.location, options)})`);
  const more = relatedLocations.length - reasons.length;
  if (more > 0) reasons.push(`${more} more`);
  const because = reasons.length === 0 ? '' : ` Because ${reasons.join('; ')}.`;
  return `- ${place(location, options)} in ${prose([component, ...alsoIn].join(', '))}: ${prose(message)}${because}`;
}
