import type { Grade } from '../../score/scorecard.js';
import { markup, type Markup } from './markup.js';

/** A share of a hundred. The words beside it say the same, so readers of the screen pass it by. */
export function bar(share: number, kind: string): Markup {
  const width = Math.max(0, Math.min(100, Math.round(share * 10) / 10));
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="fill ${kind}" width="${width}" height="8"/></svg>`;
}

/** How many instances run and how many fit, on one scale. */
export function headroomBar(now: number | undefined, fits: number): Markup {
  const whole = Math.max(1, fits, now ?? 0) * 1.08;
  const scaled = (number: number): number => Math.round((number / whole) * 1000) / 10;
  const isOver = now !== undefined && now > fits;
  const room = scaled(fits);
  return markup`<svg class="bar headroom" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" y="2" width="100" height="8"/><rect class="room" y="2" width="${room}" height="8"/><rect class="fill ${isOver ? 'bad' : 'good'}" y="4" width="${scaled(now ?? 0)}" height="4"/><rect class="limit" x="${Math.max(0, Math.min(99.4, room - 0.3))}" y="0" width="0.6" height="12"/></svg>`;
}

export function gradeKind(grade: Grade | null): string {
  if (grade === null) return 'none';
  if (grade === 'A' || grade === 'B') return 'good';
  return grade === 'C' || grade === 'D' ? 'fair' : 'bad';
}
