import type { Notification } from '../../location.js';
import { count, heading, paragraph, place, type Paper } from './paper.js';
import { levelPaint } from './results.js';

/** Messages and places beyond that are for `--format json`. */
const MOST_MESSAGES = 12;
const MOST_PLACES = 3;
const INDENT = 11;
const ORDER: readonly Notification['level'][] = ['error', 'warning', 'note'];

/** What went wrong or was left out in this run, the worst first; the same message stands once, with its places. */
export function notificationLines(paper: Paper, notifications: readonly Notification[]): string[] {
  if (notifications.length === 0) return [];
  const groups = new Map<string, { level: Notification['level']; message: string; places: string[] }>();
  for (const { level, message, location } of notifications) {
    const key = `${level} ${message}`;
    const group = groups.get(key) ?? { level, message, places: [] };
    groups.set(key, group);
    if (location !== undefined) group.places.push(place(location));
  }
  const sorted = [...groups.values()].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const lines = [...heading(paper, `ABOUT THIS RUN (${count(notifications.length, 'notification')})`), ''];
  for (const { level, message, places } of sorted.slice(0, MOST_MESSAGES)) {
    const [first = ''] = places;
    const inline = places.length === 1 ? `${first}  ${message}` : message;
    lines.push(...paragraph(paper, inline, INDENT, undefined, `  ${levelPaint(paper, level)(level)}`));
    if (places.length < 2) continue;
    const more = places.length - MOST_PLACES;
    const shown = `${places.slice(0, MOST_PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    lines.push(...paragraph(paper, shown, INDENT, paper.paint.dim));
  }
  const more = sorted.length - MOST_MESSAGES;
  if (more > 0) lines.push('', `  and ${count(more, 'message')} more; --format json lists them`);
  return lines;
}
