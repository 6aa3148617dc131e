import type { Notification } from '../../location.js';
import { count, heading, paragraph, place, type Paper } from './paper.js';
import { levelPaint } from './results.js';

const MOST = 15;
const ORDER: readonly Notification['level'][] = ['error', 'warning', 'note'];

/** What went wrong or was left out in this run, the worst first. */
export function notificationLines(paper: Paper, notifications: readonly Notification[]): string[] {
  if (notifications.length === 0) return [];
  const sorted = [...notifications].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const lines = [...heading(paper, 'ABOUT THIS RUN'), ''];
  for (const { level, message, location } of sorted.slice(0, MOST)) {
    const where = location === undefined ? '' : `${place(location)}  `;
    lines.push(...paragraph(paper, `${where}${message}`, 11, undefined, `  ${levelPaint(paper, level)(level)}`));
  }
  const more = sorted.length - MOST;
  if (more > 0) lines.push(`  ${count(more, 'notification')} more; --format json lists them`);
  return lines;
}
