import { nearestLimits } from './nearest-limits.js';
import { harmless, withoutCommands } from '../harmless.js';
import type { Result, ResultLevel } from '../rules/result.js';
import { countsInWords, fitInWords, scoreInWords, withoutScore } from './in-words.js';
import { inRepository } from './in-repository.js';
import { ranking } from './ranking.js';
import type { Audit, Report, ReportOptions } from './report.js';
import { count } from './text/paper.js';
import { whatTells } from './what-tells.js';

/**
 * Of each kind GitHub shows ten for one step, and 50 for a whole run
 * (https://docs.github.com/en/rest/checks/runs#create-a-check-run, and the limits of annotations in the runner). Of the
 * notices one is kept for what could not be decided.
 */
const MOST = { error: 10, warning: 10, notice: 9 } as const;
type Command = keyof typeof MOST;

const COMMANDS: Readonly<Record<ResultLevel, Command>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
  none: 'notice',
};

const MOST_REASONS = 3;
const MOST_LIMITS = 3;
const MOST_LINES = 50;
/** Nothing that a person reads in one go is longer; a hostile repository's texts are. */
const LONGEST_TEXT = 1500;

/** Annotations for GitHub Actions, the worst first, and then a summary for whoever reads the log. */
export const report: Report = (audit, options) => {
  const annotated: Record<Command, number> = { error: 0, warning: 0, notice: 0 };
  const commands: string[] = [];
  const left: Result[] = [];
  for (const result of ranking(audit).flatMap(({ results }) => results)) {
    const command = COMMANDS[result.level];
    if (annotated[command] >= MOST[command]) left.push(result);
    else {
      annotated[command]++;
      commands.push(annotation(command, result, options));
    }
  }
  return `${[...commands, ...openNotice(audit), ...summary(audit, left, options)].join('\n')}\n`;
};

function annotation(name: Command, result: Result, options: ReportOptions): string {
  const { ruleId, message, relatedLocations, help, location, component, alsoIn } = result;
  const { startLine, startColumn, endLine, endColumn } = location.region;
  const reasons = relatedLocations
    .slice(0, MOST_REASONS)
    .map((one) => `because ${one.message} (${place(one.location, options)})`);
  const more = relatedLocations.length - reasons.length;
  const [step] = help;
  return command(
    name,
    {
      file: inRepository(location.uri, options),
      line: startLine,
      endLine,
      // Columns of a place of several lines are no columns to GitHub; its last column is within the place.
      ...(startLine === endLine && endColumn > startColumn && { col: startColumn, endColumn: endColumn - 1 }),
      title: `${ruleId} in ${[component, ...alsoIn].join(', ')}`,
    },
    [message, ...reasons, ...(more > 0 ? [`and ${more} more`] : []), ...(step === undefined ? [] : [`Do: ${step}`])],
  );
}

/** What could not be decided is no result: one line for all of it. */
function openNotice({ evaluation }: Audit): string[] {
  const open = evaluation.results.filter(({ kind }) => kind === 'open');
  if (open.length === 0) return [];
  const reasons = [
    ...new Set(
      open.map((result) => {
        const tells = whatTells(result);
        return `${result.message.replace(/^cannot be decided: /, '')}${tells === undefined ? '' : `; ${tells}`}`;
      }),
    ),
  ];
  const more = reasons.length - MOST_REASONS;
  const title = `${count(open.length, 'question')} could not be decided`;
  return [command('notice', { title }, [...reasons.slice(0, MOST_REASONS), ...(more > 0 ? [`and ${more} more`] : [])])];
}

/** Plain lines: none of them is a command, whatever the repository says. */
function summary(audit: Audit, left: readonly Result[], options: ReportOptions): string[] {
  const { tool, scorecard, model } = audit;
  const lines = [`${tool.name} ${tool.version}: ${scoreInWords(scorecard)}`, countsInWords(audit)];
  const why = withoutScore(audit);
  if (why !== undefined) lines.push(why);
  for (const { limit, component, instances, arithmetic } of nearestLimits(model.headroom, model.components).slice(
    0,
    MOST_LIMITS,
  )) {
    lines.push(`${limit}: ${fitInWords(instances, component)}; ${arithmetic}`);
  }
  if (left.length > 0) {
    lines.push(`GitHub shows no more annotations of one step; ${count(left.length, 'further result')}:`);
    for (const { level, ruleId, location } of left.slice(0, MOST_LINES)) {
      lines.push(`  ${level} ${ruleId} ${place(location, options)}`);
    }
    if (left.length > MOST_LINES) lines.push(`  and ${left.length - MOST_LINES} more`);
  }
  return lines.map(plain);
}

function place({ uri, region }: Result['location'], options: ReportOptions): string {
  return `${inRepository(uri, options)}:${region.startLine}`;
}

/** A workflow command, escaped as the toolkit does it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function command(
  name: Command,
  properties: Readonly<Record<string, string | number>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(harmless(String(value)))}`);
  const message = lines.map(plain).join('\n');
  return `::${name} ${written.join(',')}::${escapeData(message)}`;
}

/** One line that neither the terminal nor the runner obeys. */
function plain(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return withoutCommands(harmless(cut.replace(/\s*\n\s*/g, ' ')));
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
