import { groupBy } from '../../group-by.js';
import type { Notification } from '../../location.js';
import type { Result } from '../../rules/result.js';
import type { ReportOptions } from '../report.js';
import { count } from '../text/paper.js';
import { whatTells } from '../what-tells.js';
import { place, prose } from './escape.js';
import { within } from './within.js';

/** Reasons, messages and places beyond that are for `--format json`. */
const SPACE = 6_000;
const MOST_PLACES = 3;

/** What could not be decided, by reason: one unknown value often leaves several rules open. */
export function undecidedLines(results: readonly Result[], options: ReportOptions): string[] {
  const open = results.filter(({ kind }) => kind === 'open');
  const reasons = [...groupBy(open, ({ message }) => message)].sort(([, a], [, b]) => b.length - a.length);
  const lines = reasons.map(([message, group]) => {
    const rules = [...new Set(group.map(({ ruleId }) => ruleId))].map((id) => prose(id));
    const places = [...new Set(group.map(({ location }) => place(location, options)))];
    const tells = whatTells(group[0]);
    return `- ${prose(message.replace(/^cannot be decided: /, ''))} (${rules.join(', ')} at ${some(places)})${tells === undefined ? '' : `; ${prose(tells)}`}`;
  });
  return folded(`${count(open.length, 'question')} could not be decided`, lines, 'reason');
}

/** What went wrong or was left out in this run; the same message stands once, with its places. */
export function notificationLines(notifications: readonly Notification[], options: ReportOptions): string[] {
  const order = ['error', 'warning', 'note'];
  const groups = [...groupBy(notifications, ({ level, message }) => `${level} ${message}`).values()].sort(
    ([a], [b]) => order.indexOf(a.level) - order.indexOf(b.level),
  );
  const lines = groups.map((group) => {
    const places = group.flatMap(({ location }) => (location === undefined ? [] : [place(location, options)]));
    return `- ${group[0].level}: ${prose(group[0].message)}${places.length === 0 ? '' : ` (${some(places)})`}`;
  });
  return folded(`About this run: ${count(notifications.length, 'notification')}`, lines, 'message');
}

function folded(title: string, lines: readonly string[], noun: string): string[] {
  if (lines.length === 0) return [];
  const shown = within(lines, SPACE, (left) => `- and ${count(left, noun)} more; --format json lists them`);
  return ['', `<details><summary>${title}</summary>`, '', ...shown, '', '</details>'];
}

function some(places: readonly string[]): string {
  const more = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
