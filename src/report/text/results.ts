import { harmless } from '../../harmless.js';
import type { Result, ResultLevel } from '../../rules/result.js';
import type { Audit } from '../report.js';
import { frame } from './frame.js';
import { ends, heading, paragraph, place, type Paint, type Paper } from './paper.js';
import type { Group } from '../ranking.js';

/** So many results of a rule are shown with their code; further ones in a line or two, and beyond that they are counted. */
const SHOWN: Readonly<Record<ResultLevel, { readonly withCode: number; readonly inOneLine: number }>> = {
  error: { withCode: 3, inOneLine: 20 },
  warning: { withCode: 3, inOneLine: 20 },
  // Notes ask for nothing today: who wants all of them reads another format.
  note: { withCode: 1, inOneLine: 8 },
  none: { withCode: 0, inOneLine: 0 },
};
const MOST_REASONS = 6;
const INDENT = 4;

/** What the reader has been told further up: nobody reads the same reason ten times. */
interface Told {
  readonly rules: Set<string>;
  readonly reasons: Set<string>;
}

/** Every failed result, by rule, the worst first; why and what to do stand once per rule. */
export function resultLines(paper: Paper, groups: readonly Group[], audit: Audit): string[] {
  if (groups.length === 0) return [];
  const told: Told = { rules: new Set(), reasons: new Set() };
  return [...heading(paper, 'RESULTS'), ...groups.flatMap((group) => groupOf(paper, group, audit, told))];
}

function groupOf(paper: Paper, group: Group, audit: Audit, told: Told): string[] {
  const { rule, ruleId, level, results } = group;
  const { bold, dim } = paper.paint;
  const word = levelPaint(paper, level)(level.toUpperCase());
  const { withCode, inOneLine } = SHOWN[level];
  const lines = ['', ...ends(paper, `  ${bold(word)}  ${bold(harmless(ruleId))}`, dim(results[0]?.effort ?? ''))];
  for (const result of results.slice(0, withCode)) lines.push(...resultOf(paper, result, audit, told));
  const rest = results.slice(withCode);
  if (rest.length > 0) lines.push('');
  const said = new Set(results.slice(0, withCode).map(({ message }) => message));
  for (const result of rest.slice(0, inOneLine)) {
    lines.push(...paragraph(paper, `${place(result.location)}${componentsOf(result)}`, INDENT));
    if (!said.has(result.message)) lines.push(...paragraph(paper, result.message, INDENT + 2, dim));
    said.add(result.message);
  }
  const more = rest.length - inOneLine;
  if (more > 0) lines.push(`${' '.repeat(INDENT)}${dim(`and ${more} more; --format json lists them`)}`);
  if (rule === undefined || told.rules.has(ruleId)) return lines;
  told.rules.add(ruleId);
  lines.push('', ...paragraph(paper, rule.why, 11, undefined, '    why'));
  const step = group.results[0]?.help[0];
  if (step !== undefined) lines.push(...paragraph(paper, step, 11, undefined, '    do'));
  lines.push(...paragraph(paper, `scalecard explain ${ruleId}`, 11, paper.paint.cyan, '    more'));
  return lines;
}

function resultOf(paper: Paper, result: Result, { inventory }: Audit, told: Told): string[] {
  const { location, message } = result;
  const { bold, dim } = paper.paint;
  const lines = ['', `${' '.repeat(INDENT)}${bold(place(location))}${dim(harmless(componentsOf(result)))}`];
  lines.push(...paragraph(paper, message, INDENT));
  for (const [index, reason] of reasonsOf(result, told).entries()) {
    lines.push(...paragraph(paper, reason, INDENT + 8, dim, index === 0 ? '    because' : ''));
  }
  const code = frame(paper, inventory.read(location.uri), location, INDENT);
  return code.length === 0 ? lines : [...lines, '', ...code];
}

/** The first reason always, of the others those that no result further up has given. */
function reasonsOf({ relatedLocations }: Result, { reasons }: Told): string[] {
  const all = relatedLocations.map(({ location, message }) => `${place(location)}  ${message}`);
  const fresh = all.filter((text, index) => index === 0 || !reasons.has(text));
  const shown = fresh.slice(0, MOST_REASONS);
  for (const text of shown) reasons.add(text);
  if (fresh.length > shown.length) shown.push(`and ${fresh.length - shown.length} more`);
  if (all.length > fresh.length) shown.push(`and ${all.length - fresh.length} given further up`);
  return shown;
}

function componentsOf({ component, alsoIn }: Result): string {
  return ` in ${[component, ...alsoIn].join(', ')}`;
}

export function levelPaint(paper: Paper, level: ResultLevel): Paint {
  const { red, yellow, cyan, dim } = paper.paint;
  return { error: red, warning: yellow, note: cyan, none: dim }[level];
}
