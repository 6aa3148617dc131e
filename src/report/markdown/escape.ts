import { harmless } from '../../harmless.js';
import type { Location } from '../../location.js';
import { inRepository } from '../in-repository.js';
import type { ReportOptions } from '../report.js';

/** Nothing that a person reads in one go is longer; a hostile repository's texts are. */
const LONGEST_TEXT = 1000;
const LONGEST_NAME = 200;

/** Stands where GitHub would otherwise see a name to ping or a reference to link, as Dependabot does it; nobody sees it. */
const GAP = '&#8203;';

/**
 * Text of the repository within a line of Markdown: no markup, no HTML, and nothing that GitHub makes a link or a ping
 * of after rendering, which backslashes do not stop.
 */
export function prose(text: string): string {
  const line = withGaps(entities(oneLine(text).replace(/[\\`*_[\]~$]/g, '\\$&')));
  return line.replace(/^(\d*)(?=[-+=#.)])/, '$1\\');
}

/** @names, #123, GH-123, addresses of the web, hashes of commits. */
function withGaps(text: string): string {
  return text
    .replace(/@|(?<!&)#(?=\d)|(?:https?|ftp):(?=\/\/)|\bgh(?=-\d)|\bwww(?=\.)/gi, `$&${GAP}`)
    .replace(/\b(?=\d*[a-f])[\da-f]{7,40}\b/gi, (hash) => hash.replace(/.{6}(?=.)/g, `$&${GAP}`));
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A path, a name or a value: nothing in a span of code is markup, and no ping comes out of it. */
export function code(text: string): string {
  const content = oneLine(text);
  // Within a table, no way of writing a pipe is safe in code.
  if (content === '' || content.includes('|')) return prose(text);
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${space}${content}${space}${fence}`;
}

/** Within an HTML element of its own line, where Markdown is not read. */
export function html(text: string): string {
  return withGaps(entities(oneLine(text)));
}

function oneLine(text: string): string {
  const line = text.replace(/\s*[\r\n]\s*/g, ' ').trim();
  return harmless(line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line);
}

/** A cell of a table: no pipe of the text ends it. */
export function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

export function place({ uri, region }: Location, options: ReportOptions): string {
  return code(shortened(`${inRepository(uri, options)}:${region.startLine}`));
}

/** For names: what is longer than a person would write is cut in the middle. */
export function shortened(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME / 2)}…${text.slice(-LONGEST_NAME / 2)}`;
}
