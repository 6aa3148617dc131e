import { unknown, type Maybe } from '../../location.js';
import type { Directive } from '../../parse/apache/directives.js';
import { everything, isFilledIn, words } from './sections.js';

export interface Lifetime {
  /** Seconds; 0 where nothing allows it. */
  readonly age: Maybe<number>;
  readonly place: Directive;
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 },
};

/**
 * How long style sheets and scripts may be kept, as the directives of one section say it: a header, else what is said by type,
 * else by default. Sections inside are left out, but for those that only ask for a module.
 */
export function lifetimeIn(directives: readonly Directive[], isActive: boolean): Lifetime | undefined {
  const flat = [...everything(directives)]
    .filter(({ within }) => within.length === 0)
    .map(({ directive }) => directive);
  const header = flat.findLast(
    (one) => one.name === 'header' && /^cache-control$/i.test(words(one).find((word) => !SETTING.test(word)) ?? ''),
  );
  if (header !== undefined) return { age: ageOfHeader(words(header).join(' ')), place: header };
  if (!isActive) return undefined;
  const typed = flat.findLast((one) => one.name === 'expiresbytype' && /css|javascript/.test(one.args[0]?.text ?? ''));
  if (typed !== undefined) return { age: ageOf(words(typed).slice(1).join(' ')), place: typed };
  const fallback = flat.findLast((one) => one.name === 'expiresdefault');
  return fallback === undefined ? undefined : { age: ageOf(words(fallback).join(' ')), place: fallback };
}

const SETTING = /^(?:always|onsuccess|set|add|append|merge|setifempty)$/i;

function ageOfHeader(text: string): Maybe<number> {
  if (isFilledIn(text)) return unknown('filled in before Apache reads it');
  if (/\bno-(?:store|cache)\b/i.test(text)) return 0;
  const age = /\bmax-age\s*=\s*"?(\d{1,12})/i.exec(text)?.[1];
  return age === undefined ? unknown('the header names no time') : Number(age);
}

/** `access plus 1 year 2 days`, `now plus 30 days`, `A2592000`; what counts from a change of the file gives no fixed time. */
function ageOf(text: string): Maybe<number> {
  if (isFilledIn(text)) return unknown('filled in before Apache reads it');
  const short = /^"?A(\d{1,12})"?$/.exec(text)?.[1];
  if (short !== undefined) return Number(short);
  if (/^"?M\d|modification/i.test(text)) return unknown('counts from the time the file was changed');
  if (!/^(?:access|now)\b/i.test(text)) return unknown(`"${text}" gives no fixed time`);
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d{1,9})\s{1,5}(second|minute|hour|day|week|month|year)s?\b/gi))
    seconds += Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? 0);
  return seconds;
}
