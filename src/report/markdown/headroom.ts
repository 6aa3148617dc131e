import type { Component, Headroom, Model } from '../../model/model.js';
import type { ReportOptions } from '../report.js';
import { firstToBreak, type FirstToBreak } from '../first-to-break.js';
import { fitInWords } from '../in-words.js';
import { nearestLimits } from '../nearest-limits.js';
import { count } from '../text/paper.js';
import { code, place, prose, shortened } from './escape.js';
import { within } from './within.js';

const MOST_LIMITS = 3;
const MOST_BREAKS = 6;
const SPACE = 8_000;
const MOST_PLACES = 6;

/** Which limit is met first, with the sum that says so. */
export function headroomLines(model: Model, options: ReportOptions): string[] {
  const { components } = model;
  const headroom = nearestLimits(model.headroom, components);
  const first = firstToBreak(model);
  if (first.length === 0) return [];
  const breaks = first.slice(0, MOST_BREAKS).map((one) => breakLine(one, options));
  const nearest = headroom.slice(0, MOST_LIMITS).map((one) => limitLines(one, components, options));
  const further = headroom.length - nearest.length;
  const shown = within(nearest, SPACE, (left) => `- and ${left} more`);
  return [
    '',
    '### What breaks first',
    '',
    ...within(breaks, SPACE, (left) => `- and ${left} more`),
    ...(shown.length === 0 ? [] : ['', 'The limits:', '', ...shown]),
    ...(further > 0 ? [`- and ${count(further, 'limit')} further away`] : []),
  ];
}

/** `- **at 14 instances** connections of db run out (web)`. */
function breakLine({ at, components, what, location }: FirstToBreak, options: ReportOptions): string {
  const when = at === 'today' ? 'today' : `at ${count(at, 'instance')}`;
  const who = components.map((name) => code(shortened(name))).join(', ');
  return `- **${when}**: ${prose(shortened(what))} (${who}), ${place(location, options)}`;
}

function limitLines(one: Headroom, components: readonly Component[], options: ReportOptions): string {
  const { limit, component, instances, arithmetic, locations } = one;
  const today = components.find(({ name }) => name === component)?.properties.instances.value;
  const fit = fitInWords(instances, code(shortened(component)));
  const now =
    typeof today !== 'number' ? '' : today > instances ? `; ❌ asks for ${today}` : `; ✅ runs at most ${today} today`;
  const places = locations.slice(0, MOST_PLACES).map(({ location }) => place(location, options));
  const sum = `${prose(arithmetic)}${places.length === 0 ? '' : ` (${places.join(', ')})`}`;
  return `- **${prose(shortened(limit))}**: ${fit}${now}\n  ${sum}`;
}
