import { harmless } from '../harmless.js';
import { lineStarts, type Notification } from '../location.js';
import type { Audit } from '../report/report.js';
import type { Result } from '../rules/result.js';
import type { Told } from './question.js';

/** Under this id stands what the audit says of comments that silence a result. */
export const SUPPRESSION = 'suppression';
/** ESLint has one line for a message. */
const MOST_REASONS = 3;

/** The results of an audit by the file that they stand in. */
export function told(
  { evaluation, inventory, notifications }: Audit,
  shipped: ReadonlySet<string>,
): ReadonlyMap<string, readonly Told[]> {
  const files = new Map<string, Told[]>();
  const add = (uri: string, one: Told): void => {
    const there = files.get(uri);
    if (there === undefined) files.set(uri, [one]);
    else there.push(one);
  };
  for (const result of evaluation.results) add(result.location.uri, shown(result));
  // What a comment of ESLint's silences is ESLint's to silence: else it would take the comment for one that nothing needs.
  // Rules of the project are no rules of ESLint's.
  for (const result of evaluation.suppressed) {
    const { suppression } = result;
    if (suppression === undefined || !shipped.has(result.ruleId)) continue;
    const { uri, region } = suppression.location;
    if (isForEslint(inventory.read(uri) ?? '', region.startLine)) add(result.location.uri, shown(result));
  }
  for (const notification of notifications) {
    const { location, message } = notification;
    if (location === undefined || !isOfSuppression(notification)) continue;
    // ESLint itself tells which of its comments nothing needs.
    if (message.startsWith('unused') && isForEslint(inventory.read(location.uri) ?? '', location.region.startLine))
      continue;
    add(location.uri, { ruleId: SUPPRESSION, message: harmless(message), region: location.region, level: 'warning' });
  }
  return files;
}

/** src/rules/suppress.ts words them so; a test holds both together. */
function isOfSuppression({ message }: Notification): boolean {
  return message.startsWith('suppression ') || message.startsWith('unused suppression');
}

function isForEslint(text: string, line: number): boolean {
  const starts = lineStarts(text);
  return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).includes('eslint-disable');
}

function shown(result: Result): Told {
  const { ruleId, kind, level, location } = result;
  return {
    ruleId,
    message: harmless(messageOf(result)),
    region: location.region,
    level: kind === 'open' || level === 'none' ? 'open' : level,
  };
}

/** ESLint shows one place: the others are named in the message. */
function messageOf({ message, kind, location, relatedLocations }: Result): string {
  const reasons = new Set<string>();
  for (const related of relatedLocations) {
    const { uri, region } = related.location;
    const isElsewhere = uri !== location.uri;
    if (!isElsewhere && region.startLine === location.region.startLine) continue;
    reasons.add(`${related.message} (${isElsewhere ? `${uri}:` : 'line '}${region.startLine})`);
  }
  const first = [...reasons].slice(0, MOST_REASONS);
  const more = reasons.size > first.length ? `, and ${reasons.size - first.length} more` : '';
  const told = kind === 'open' ? `Not decided: ${message}` : message;
  return first.length === 0 ? told : `${told} Because ${first.join(', ')}${more}.`;
}
