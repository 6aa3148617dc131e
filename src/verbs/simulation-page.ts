import { harmless, withoutCommands } from '../harmless.js';
import { isUnknown } from '../location.js';
import type { Headroom } from '../model/model.js';
import { count } from '../report/count.js';
import { fitInWords } from '../report/in-words.js';
import type { ReportOptions } from '../report/report.js';
import { ends, heading, paperOf, paragraph, place, type Paper } from '../report/text/paper.js';
import type { Result } from '../rules/result.js';
import type { Simulation } from '../simulate.js';

/** Reasons of one result; further ones are for `--format json`. */
const MOST_REASONS = 4;

/** What breaks at a size, what holds, and what nobody knows; the first to break stands first. */
export function simulationPage(simulation: Simulation, options: ReportOptions): string {
  const paper = paperOf(options);
  const lines = [
    ...sizeLines(paper, simulation),
    ...breakLines(paper, simulation),
    ...holdLines(paper, simulation),
    ...undecidedLines(paper, simulation.undecided),
    '',
    ...paragraph(paper, summary(simulation), 0),
  ];
  return `${withoutCommands(lines.join('\n').trimStart())}\n`;
}

function sizeLines(paper: Paper, { instances, components }: Simulation): string[] {
  const { bold, dim, yellow } = paper.paint;
  const lines = heading(paper, `WITH ${count(instances, 'INSTANCE').toUpperCase()}`);
  for (const { component, today } of components) {
    const now = isUnknown(today) ? 'how many run today is not told' : `${today} today`;
    lines.push(...ends(paper, `  ${bold(harmless(component.name))}`, dim(now)));
    const { canMultiply } = component.properties;
    if (instances > 1 && component.workload !== null && canMultiply.value === false)
      lines.push(...paragraph(paper, 'its manifest rules out a second instance as it is written', 4, yellow));
  }
  return lines;
}

function breakLines(paper: Paper, { breaks, components }: Simulation): string[] {
  if (breaks.length === 0) return [];
  const sizes = components.map(({ today }) => (isUnknown(today) ? undefined : today));
  const lines = heading(paper, 'BREAKS');
  for (const { from, result } of breaks) {
    const already = sizes.every((today) => today !== undefined && today >= from);
    const when = from === 1 ? 'at every size' : `from ${count(from, 'instance')} on`;
    const word = already ? `${when}, so today` : when;
    lines.push(
      '',
      ...ends(paper, `  ${paper.paint.bold(harmless(result.ruleId))}`, paper.paint.red(`✗ ${word}`)),
      ...paragraph(paper, `${place(result.location)} in ${[result.component, ...result.alsoIn].join(', ')}`, 4),
      ...paragraph(paper, result.message, 4),
      ...reasonsOf(paper, result),
    );
    const step = result.help[0];
    if (step !== undefined) lines.push(...paragraph(paper, step, 11, undefined, '    do'));
  }
  lines.push('', ...paragraph(paper, `scalecard explain RULE tells more.`, 2, paper.paint.dim));
  return lines;
}

function reasonsOf(paper: Paper, { relatedLocations }: Result): string[] {
  const more = relatedLocations.length - MOST_REASONS;
  return [
    ...relatedLocations
      .slice(0, MOST_REASONS)
      .flatMap(({ location, message }) => paragraph(paper, `${place(location)}  ${message}`, 6, paper.paint.dim)),
    ...(more > 0 ? [`      ${paper.paint.dim(`and ${more} more`)}`] : []),
  ];
}

function holdLines(paper: Paper, { holds }: Simulation): string[] {
  if (holds.length === 0) return [];
  const line = ({ limit, component, instances, arithmetic }: Headroom): string[] => [
    '',
    ...ends(
      paper,
      `  ${paper.paint.bold(harmless(limit))}`,
      paper.paint.green(harmless(`✓ ${fitInWords(instances, component)}`)),
    ),
    ...paragraph(paper, arithmetic, 4, paper.paint.dim),
  ];
  return [...heading(paper, 'HOLDS'), ...holds.flatMap(line)];
}

function undecidedLines(paper: Paper, undecided: readonly Result[]): string[] {
  if (undecided.length === 0) return [];
  return [
    ...heading(paper, 'NOT KNOWN'),
    ...undecided.flatMap((result) => [
      '',
      ...ends(paper, `  ${paper.paint.bold(harmless(result.ruleId))}`, paper.paint.dim('? open')),
      ...paragraph(paper, `${place(result.location)} in ${[result.component, ...result.alsoIn].join(', ')}`, 4),
      ...paragraph(paper, result.message, 4, paper.paint.dim),
    ]),
  ];
}

/** "At 6 instances of web 3 things break, the first from 2 on." */
function summary({ instances, components, breaks, undecided, holds }: Simulation): string {
  const who = components.map(({ component }) => component.name).join(', ');
  const size = `${count(instances, 'instance')} of ${who}`;
  const open = undecided.length === 0 ? '' : `; ${count(undecided.length, 'thing')} could not be decided`;
  const [first] = breaks;
  if (first === undefined) {
    const known =
      holds.length === 0
        ? 'and no limit of connections is known'
        : `and ${count(holds.length, 'limit')} leave${holds.length === 1 ? 's' : ''} room`;
    return `Nothing that was found breaks at ${size}, ${known}${open}.`;
  }
  return `At ${size} ${count(breaks.length, 'thing')} break${breaks.length === 1 ? 's' : ''}, the first ${first.from === 1 ? 'at every size' : `from ${first.from} on`}${open}.`;
}
