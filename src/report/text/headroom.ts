import { isUnknown } from '../../location.js';
import type { Component, Headroom, Model } from '../../model/model.js';
import { firstToBreak, type FirstToBreak } from '../first-to-break.js';
import { fitInWords } from '../in-words.js';
import { nearestLimits } from '../nearest-limits.js';
import { count, ends, heading, padded, paragraph, place, type Paper } from './paper.js';
import { harmless } from '../../harmless.js';

/** What runs out later than these is for `--format json`. */
const MOST_LIMITS = 3;
const MOST_BREAKS = 6;
const SIZE = 20;

/** Which limit is met first, with the sum that says so. */
export function headroomLines(paper: Paper, model: Model): string[] {
  const { components } = model;
  const headroom = nearestLimits(model.headroom, components);
  const first = firstToBreak(model);
  if (first.length === 0) return [];
  const lines = [
    ...heading(paper, 'WHAT BREAKS FIRST'),
    '',
    ...first.slice(0, MOST_BREAKS).flatMap((one) => breakOf(paper, one)),
  ];
  if (first.length > MOST_BREAKS) lines.push(`  ${paper.paint.dim(`and ${first.length - MOST_BREAKS} more`)}`);
  for (const one of headroom.slice(0, MOST_LIMITS)) lines.push('', ...limitOf(paper, one, components));
  const more = headroom.length - MOST_LIMITS;
  if (more > 0) lines.push('', `  ${paper.paint.dim(`and ${count(more, 'limit')} further away`)}`);
  return lines;
}

/** `at 14 instances  connections of db run out · web`. */
function breakOf(paper: Paper, { at, components, what, location }: FirstToBreak): string[] {
  const { red, yellow, green, dim } = paper.paint;
  const when = at === 'today' ? 'today' : `at ${count(at, 'instance')}`;
  const paint = at === 'today' ? red : at === 2 ? yellow : green;
  const [head = '', ...rest] = paragraph(paper, `${what} · ${components.join(', ')}`, SIZE);
  return [
    `  ${paint(padded(when, SIZE - 2))}${head.trimStart()}`,
    ...rest,
    ...paragraph(paper, place(location), SIZE, dim),
  ];
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
