import { isUnknown } from '../../location.js';
import type { Component, Headroom } from '../../model/model.js';
import { fitInWords } from '../in-words.js';
import { nearestLimits } from '../nearest-limits.js';
import { count, ends, heading, paragraph, place, type Paper } from './paper.js';
import { harmless } from '../../harmless.js';

/** What runs out later than these is for `--format json`. */
const MOST_LIMITS = 3;

/** Which limit is met first, with the sum that says so. */
export function headroomLines(paper: Paper, all: readonly Headroom[], components: readonly Component[]): string[] {
  const headroom = nearestLimits(all, components);
  if (headroom.length === 0) return [];
  const lines = heading(paper, 'WHAT BREAKS FIRST');
  for (const one of headroom.slice(0, MOST_LIMITS)) lines.push('', ...limitOf(paper, one, components));
  const more = headroom.length - MOST_LIMITS;
  if (more > 0) lines.push('', `  ${paper.paint.dim(`and ${count(more, 'limit')} further away`)}`);
  return lines;
}

function limitOf(paper: Paper, one: Headroom, components: readonly Component[]): string[] {
  const { limit, component, instances, arithmetic, locations } = one;
  const today = components.find(({ name }) => name === component)?.properties.instances.value;
  const { red, green, dim, bold } = paper.paint;
  const exceeded = typeof today === 'number' && today > instances;
  const now =
    today === undefined || isUnknown(today) ? '' : exceeded ? `✗ asks for ${today}` : `✓ runs at most ${today} today`;
  const fit = fitInWords(instances, component);
  return [
    ...ends(paper, `  ${bold(harmless(limit))}: ${harmless(fit)}`, exceeded ? red(now) : green(now)),
    ...paragraph(paper, arithmetic, 4),
    ...locations.flatMap(({ location, message }) => paragraph(paper, `${place(location)}  ${message}`, 6, dim)),
  ];
}
