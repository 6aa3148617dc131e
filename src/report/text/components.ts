import { harmless } from '../../harmless.js';
import { isUnknown, type Evidence } from '../../location.js';
import { standingOf } from '../../model/journey/standing-of.js';
import type { Component } from '../../model/model.js';
import { ends, heading, paragraph, place, type Paint, type Paper } from './paper.js';
import { sizesInWords } from '../in-words.js';
import { toldOnce } from '../told-once.js';
import { scopeInWords } from '../scope.js';

/** Evidence beyond that is for `--format json`. */
const MOST_EVIDENCE = 3;
const INDENT = 16;

/** How far each component runs today and how far it can, with the place that says so. */
export function componentLines(paper: Paper, components: readonly Component[]): string[] {
  const own = components.filter(({ directory }) => directory !== null);
  const bought = components.filter(({ directory }) => directory === null);
  if (components.length === 0) return [];
  const lines = heading(paper, 'COMPONENTS');
  for (const component of own) lines.push('', ...componentOf(paper, component));
  if (bought.length > 0) {
    const names = bought.map(({ name, role }) => (role === 'unknown' ? name : `${name} (${role})`)).join(', ');
    lines.push('', ...paragraph(paper, names, INDENT, paper.paint.dim, '  beside them'));
  }
  return lines;
}

function componentOf(paper: Paper, component: Component): string[] {
  const { name, role, directory, audience, properties } = component;
  const { reach, ceiling } = properties;
  const [word, paint] = verdict(paper, component);
  const sizes = sizesInWords(component);
  const folder = directory === null || directory === '' || directory === '.' ? [] : [`${directory}/`];
  const what = [...(role === 'unknown' || role === name ? [] : [role]), ...folder].join(' · ');
  const meant = isUnknown(audience) || audience === 'production' ? '' : `, for ${audience}`;
  return [
    ...ends(
      paper,
      `  ${paper.paint.bold(harmless(name))}  ${paper.paint.dim(harmless(`${what}${meant}`))}`,
      paint(word),
    ),
    ...labelled(paper, 'runs on', `${scopeInWords(reach.value)}${sizes === '' ? '' : ` (${sizes})`}`, reach.evidence),
    ...labelled(paper, 'can run on', scopeInWords(ceiling.value), ceiling.evidence),
  ];
}

function labelled(paper: Paper, label: string, text: string, evidence: readonly Evidence[]): string[] {
  const lines = paragraph(paper, text, INDENT, undefined, `    ${label}`);
  const told = toldOnce(evidence);
  for (const { message, location } of told.slice(0, MOST_EVIDENCE)) {
    lines.push(...paragraph(paper, `${place(location)}  ${message}`, INDENT + 2, paper.paint.dim));
  }
  const more = told.length - MOST_EVIDENCE;
  if (more > 0) lines.push(`${' '.repeat(INDENT + 2)}${paper.paint.dim(`and ${more} more`)}`);
  return lines;
}

function verdict(paper: Paper, { properties }: Component): [string, Paint] {
  const { red, yellow, green, dim } = paper.paint;
  const standing = standingOf(properties);
  if (isUnknown(standing)) return ['could not be decided', dim];
  const words: Record<typeof standing, [string, Paint]> = {
    broken: ['✗ broken today', red],
    blocking: ['▲ cannot grow', yellow],
    tolerated: ['one by choice', dim],
    fits: ['✓ no state stops it', green],
  };
  return words[standing];
}
