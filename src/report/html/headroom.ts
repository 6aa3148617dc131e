import type { Component, Headroom, Model } from '../../model/model.js';
import { count } from '../count.js';
import { firstToBreak, type FirstToBreak } from '../first-to-break.js';
import { fitInWords } from '../in-words.js';
import { headroomBar } from './bar.js';
import { markup, NOTHING, type Markup } from './markup.js';
import { evidenceList, place } from './place.js';

const MOST_LIMITS = 30;

/** Which limit is met first, with the sum that says so. */
export function headroomSection(model: Model): Markup {
  const { headroom, components } = model;
  const first = firstToBreak(model);
  if (first.length === 0) return NOTHING;
  const more = headroom.length - MOST_LIMITS;
  return markup`<section id="headroom" aria-labelledby="headroom-title">
<h2 id="headroom-title">What breaks first</h2>
<table class="breaks">${first.slice(0, MOST_LIMITS).map(breakOf)}</table>
${
  headroom.length === 0
    ? NOTHING
    : markup`<p class="quiet">The nearest limit first. Each bar holds the instances of today against those that fit while everything else stays as it is.</p>
<ul class="limits">${headroom.slice(0, MOST_LIMITS).map((one) => limitOf(one, components))}</ul>`
}
${more > 0 ? markup`<p class="quiet">${count(more, 'further limit')} left out; <code>--format json</code> has them.</p>` : NOTHING}
</section>`;
}

function breakOf({ at, components, what, location }: FirstToBreak): Markup {
  const when =
    at === 'today'
      ? markup`<span class="verdict broken">✗ today</span>`
      : markup`<span class="verdict ${at === 2 ? 'blocking' : 'fits'}">at ${count(at, 'instance')}</span>`;
  return markup`<tr><th scope="row">${when}</th><td>${what} <span class="quiet">${components.join(', ')} · ${place(location)}</span></td></tr>`;
}

function limitOf(
  { limit, component, instances, arithmetic, locations }: Headroom,
  components: readonly Component[],
): Markup {
  const value = components.find(({ name }) => name === component)?.properties.instances.value;
  const now = typeof value === 'number' ? value : undefined;
  const isOver = now !== undefined && now > instances;
  const today =
    now === undefined
      ? markup`<span class="verdict open">? how many run is not known</span>`
      : isOver
        ? markup`<span class="verdict broken">✗ asks for ${now}</span>`
        : markup`<span class="verdict fits">✓ runs at most ${now}</span>`;
  const room = fitInWords(instances, component);
  return markup`<li><div class="ends"><h3>${limit}: ${room}</h3>${today}</div>${headroomBar(now, instances)}<p class="sum">${arithmetic}</p><details><summary>Who says so</summary>${evidenceList(locations, 20)}</details></li>`;
}
