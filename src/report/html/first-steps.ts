import { count } from '../count.js';
import { firstSteps, type Group } from '../ranking.js';
import type { Anchors } from './anchors.js';
import { markup, NOTHING, type Markup } from './markup.js';

const MOST_STEPS = 7;

/** What to do first, in the order of what it gives back. */
export function firstStepsSection(groups: readonly Group[], anchors: Anchors): Markup {
  const steps = firstSteps(groups);
  if (steps.length === 0) return NOTHING;
  const more = steps.length - MOST_STEPS;
  return markup`<section id="first" aria-labelledby="first-title">
<h2 id="first-title">Do first</h2>
<ol class="steps">${steps.slice(0, MOST_STEPS).map((group) => stepOf(group, anchors))}</ol>
${more > 0 ? markup`<p class="quiet">Then the other ${count(more, 'rule')}, in the order in which the <a href="#results">results</a> stand.</p>` : NOTHING}
</section>`;
}

function stepOf(group: Group, anchors: Anchors): Markup {
  const { rule, ruleId, level, results, points } = group;
  const gain = points >= 0.5 ? markup`<span class="gain">+${Math.round(points)} points</span>` : NOTHING;
  return markup`<li><p class="do">${results[0]?.help[0] ?? ''}</p><p class="meta"><a href="#${anchors.ofGroup(group)}"><code>${ruleId}</code></a> <span class="level ${level}">${count(results.length, level)}</span> <span>${rule?.effort ?? ''}</span> ${gain}</p></li>`;
}
