import { harmless } from '../../harmless.js';
import type { Component } from '../../model/model.js';
import type { Result, ResultLevel } from '../../rules/result.js';
import type { Audit } from '../report.js';
import { frame } from './frame.js';
import { firstStep } from './help.js';
import { ends, heading, paragraph, place, type Paint, type Paper } from './paper.js';
import type { Group } from './ranking.js';

/** So many results of a rule are shown with their code; further ones in one line each, and beyond that they are counted. */
const WITH_CODE = 3;
const IN_ONE_LINE = 20;
const MOST_RELATED = 6;
const INDENT = 4;

type Read = (path: string) => string | undefined;

/** Every failed result, by rule, the worst first; why and what to do stand once per rule. */
export function resultLines(paper: Paper, groups: readonly Group[], { inventory, model }: Audit): string[] {
  const read = (path: string) => inventory.read(path);
  const lines: string[] = [];
  const told = new Set<string>();
  for (const group of groups) {
    lines.push(...groupOf(paper, group, read, told.has(group.ruleId) ? undefined : model.components));
    told.add(group.ruleId);
  }
  return groups.length === 0 ? [] : [...heading(paper, 'RESULTS'), ...lines];
}

function groupOf(paper: Paper, group: Group, read: Read, untold?: readonly Component[]): string[] {
  const { rule, ruleId, level, results } = group;
  const { bold, dim } = paper.paint;
  const word = levelPaint(paper, level)(level.toUpperCase());
  const lines = ['', ...ends(paper, `  ${bold(word)}  ${bold(harmless(ruleId))}`, dim(results[0]?.effort ?? ''))];
  const shown = results.slice(0, WITH_CODE);
  for (const result of shown) lines.push(...resultOf(paper, result, read));
  const rest = results.slice(WITH_CODE);
  if (rest.length > 0) lines.push('');
  for (const result of rest.slice(0, IN_ONE_LINE)) {
    lines.push(...paragraph(paper, `${place(result.location)}${componentsOf(result)}`, INDENT));
  }
  const more = rest.length - IN_ONE_LINE;
  if (more > 0) lines.push(`${' '.repeat(INDENT)}${dim(`and ${more} more; --format json lists them`)}`);
  if (rule === undefined || untold === undefined) return lines;
  lines.push('', ...paragraph(paper, rule.why, 11, undefined, '    why'));
  const step = firstStep(group, untold);
  if (step !== undefined) lines.push(...paragraph(paper, step, 11, undefined, '    do'));
  lines.push(...paragraph(paper, `scalecard explain ${ruleId}`, 11, paper.paint.cyan, '    more'));
  return lines;
}

function resultOf(paper: Paper, result: Result, read: Read): string[] {
  const { location, message, relatedLocations } = result;
  const { bold, dim } = paper.paint;
  const lines = ['', `${' '.repeat(INDENT)}${bold(place(location))}${dim(harmless(componentsOf(result)))}`];
  lines.push(...paragraph(paper, message, INDENT));
  for (const [index, related] of relatedLocations.slice(0, MOST_RELATED).entries()) {
    const text = `${place(related.location)}  ${related.message}`;
    lines.push(...paragraph(paper, text, INDENT + 8, dim, index === 0 ? '    because' : ''));
  }
  const code = frame(paper, read(location.uri), location, INDENT);
  return code.length === 0 ? lines : [...lines, '', ...code];
}

function componentsOf({ component, alsoIn }: Result): string {
  return ` in ${[component, ...alsoIn].join(', ')}`;
}

export function levelPaint(paper: Paper, level: ResultLevel): Paint {
  const { red, yellow, cyan, dim } = paper.paint;
  return { error: red, warning: yellow, note: cyan, none: dim }[level];
}
