import { isUnknown } from '../../location.js';
import { standingOf } from '../../model/journey/standing-of.js';
import type { Component } from '../../model/model.js';
import { sizesInWords } from '../in-words.js';
import { scopeInWords } from '../scope.js';
import { count } from '../text/paper.js';
import { cell, code, prose, shortened } from './escape.js';
import { within } from './within.js';

const SPACE = 12_000;
const MOST_BESIDE = 12;

const WORDS = {
  broken: '❌ broken today',
  blocking: '⚠️ cannot grow',
  tolerated: 'one by choice',
  fits: '✅ no state stops it',
} as const;

/** How far each component runs today and how far it can. */
export function componentTable(components: readonly Component[]): string[] {
  const own = components.filter(({ directory }) => directory !== null);
  const beside = components.filter(({ directory }) => directory === null);
  if (components.length === 0) return [];
  const lines = ['', '### Components'];
  if (own.length > 0) {
    lines.push('', '| component | runs on | can run on | |', '| --- | --- | --- | --- |');
    lines.push(...within(own.map(row), SPACE, (left) => `\nand ${count(left, 'component')} more`));
  }
  if (beside.length > 0) {
    const names = beside
      .slice(0, MOST_BESIDE)
      .map(({ name, role }) => (role === 'unknown' ? code(shortened(name)) : `${code(shortened(name))} (${role})`));
    const more = beside.length - names.length;
    lines.push('', `Beside them: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`);
  }
  return lines;
}

function row({ name, role, properties, ...rest }: Component): string {
  const { reach, ceiling } = properties;
  const standing = standingOf(properties);
  const sizes = sizesInWords({ name, role, properties, ...rest });
  const [because] = ceiling.evidence;
  const cells = [
    `${code(shortened(name))}${role === 'unknown' || role === name ? '' : ` (${role})`}`,
    `${prose(shortened(scopeInWords(reach.value)))}${sizes === '' ? '' : `, ${sizes}`}`,
    `${prose(shortened(scopeInWords(ceiling.value)))}${because === undefined ? '' : `: ${prose(shortened(because.message))}`}`,
    isUnknown(standing) ? 'could not be decided' : WORDS[standing],
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}
