import { groupBy } from '../../group-by.js';
import type { Evidence } from '../../location.js';
import type { Result } from '../../rules/result.js';
import { count } from '../count.js';
import type { Group } from '../ranking.js';
import type { Anchors } from './anchors.js';
import { componentLinks } from './components.js';
import type { Frames } from './frame.js';
import { markup, NOTHING, type Markup } from './markup.js';
import { evidenceList, place } from './place.js';

/** Groups whose first result stands open, so that a short report needs no click and a long one stays short. */
const OPEN_GROUPS = 12;
/** Results of a rule that show all of their places with code; further ones show their own, and beyond those a line each. */
const WITH_REASONS = 5;
const WITH_CODE = 30;
const MOST_FRAMES = 5;

/** Every failed result, by rule, the worst first; why and what to do stand once per rule. */
export function resultsSection(groups: readonly Group[], frames: Frames, anchors: Anchors): Markup {
  if (groups.length === 0)
    return markup`<section id="results" aria-labelledby="results-title"><h2 id="results-title">Results</h2><p>No rule failed.</p></section>`;
  const drawn = groups.map((group, index) => groupOf(group, index < OPEN_GROUPS, frames, anchors));
  const left = frames.leftOut();
  return markup`<section id="results" aria-labelledby="results-title">
<h2 id="results-title">Results</h2>
${left === 0 ? NOTHING : markup`<p class="quiet">The code of ${count(left, 'place')} is left out, because the page would be too long; every place is named.</p>`}
${drawn}
</section>`;
}

function groupOf(group: Group, isOpen: boolean, frames: Frames, anchors: Anchors): Markup {
  const { rule, ruleId, level, results } = group;
  const [first] = results;
  const help = first?.help ?? [];
  return markup`<section class="rule is-${level}" id="${anchors.ofGroup(group)}" aria-labelledby="${anchors.ofGroup(group)}-title">
<div class="ends"><h3 id="${anchors.ofGroup(group)}-title"><span class="level ${level}">${signOf(level)} ${level}</span> <code>${ruleId}</code></h3><span class="quiet">${count(results.length, 'result')}, ${first?.effort ?? ''} to mend</span></div>
${rule === undefined ? NOTHING : markup`<p class="description">Wanted: ${rule.description}</p><p>${rule.why}</p>`}
${help.length === 0 ? NOTHING : markup`<div class="help"><h4>What to do</h4><ol>${help.map((step) => markup`<li>${step}</li>`)}</ol></div>`}
<div class="places">${results.map((result, index) => resultOf(result, index, isOpen && index === 0, frames, anchors))}</div>
${rule === undefined ? NOTHING : markup`<p class="quiet more"><code>scalecard explain ${ruleId}</code>${rule.references.map((reference) => markup` <span class="place">${reference}</span>`)}</p>`}
</section>`;
}

/** Each place once, with everything that it proves. */
function placesOf(related: readonly Evidence[]): Evidence[] {
  const groups = groupBy(related, ({ location }) => `${location.uri}:${location.region.startLine}`);
  return [...groups.values()].map((group) => ({
    location: group[0].location,
    message: [...new Set(group.map(({ message }) => message))].join('; '),
  }));
}

function signOf(level: Result['level']): string {
  return { error: '✗', warning: '▲', note: '●', none: '?' }[level];
}

function resultOf(result: Result, index: number, isOpen: boolean, frames: Frames, anchors: Anchors): Markup {
  const { location, message, component, alsoIn, relatedLocations } = result;
  const id = anchors.ofResult(result);
  const names = [component, ...alsoIn];
  if (index >= WITH_CODE)
    return markup`<p class="brief" id="${id}">${place(location)} <span class="quiet">in ${componentLinks(names, anchors)}</span> ${message}</p>`;
  const own = frames.draw(location, '');
  const places = placesOf(relatedLocations);
  const framed = index < WITH_REASONS ? places.slice(0, MOST_FRAMES) : [];
  const rest = places.slice(framed.length);
  const because = framed.map((one) => {
    const frame = frames.draw(one.location, one.message, 1);
    return frame.markup === '' ? evidenceList([one]) : frame;
  });
  const open = isOpen ? markup` open` : NOTHING;
  return markup`<details class="result" id="${id}"${open}><summary>${place(location)} <span class="quiet">in ${names.join(', ')}</span><span class="message">${message}</span></summary>
${own.markup === '' ? markup`<p class="quiet">Nothing to show there: what is asked for is absent.</p>` : own}
${relatedLocations.length === 0 ? NOTHING : markup`<h4>Because</h4>${because}${evidenceList(rest, 20)}`}
<p class="quiet">Concerns ${componentLinks(names, anchors)}.${index > 0 && result.help[0] !== undefined ? markup` Here: ${result.help[0]}` : NOTHING}</p></details>`;
}
