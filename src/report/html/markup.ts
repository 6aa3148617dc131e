import { harmless } from '../../harmless.js';

/** Text that is markup already. Nothing but `markup` makes it, so that text of the audited repository never becomes any. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/** Names and messages beyond that are cut; a hostile repository's are longer. */
const LONGEST_TEXT = 1500;

/** A template whose values are escaped, those of attributes too: they stand between double quotes. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((before, part, index) => before + asMarkup(values[index - 1] ?? '') + part) };
}

export const NOTHING: Markup = { markup: '' };

export function join(pieces: readonly Markup[], between: Markup = NOTHING): Markup {
  return { markup: pieces.map((piece) => piece.markup).join(between.markup) };
}

function asMarkup(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  return 'markup' in value ? value.markup : value.map((one) => one.markup).join('');
}

/** Control characters and text that runs backwards stand as their escapes, and nothing is markup. */
function escaped(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return harmless(cut.replace(/\s*\n\s*/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
