import type { Notification } from '../../location.js';
import type { Result, Verdict } from '../../rules/result.js';
import type { RuleSet } from '../../rules/rule.js';
import { groupBy } from '../../group-by.js';
import { count } from '../count.js';
import { whatTells } from '../what-tells.js';
import type { Anchors } from './anchors.js';
import { componentLinks } from './components.js';
import type { Frames } from './frame.js';
import { join, markup, NOTHING, type Markup } from './markup.js';
import { place } from './place.js';

const MOST_PLACES = 12;

/** What could not be decided, by reason: one unknown value often leaves several rules open. */
export function openSection(results: readonly Result[], frames: Frames): Markup {
  const open = results.filter(({ kind }) => kind === 'open');
  if (open.length === 0) return NOTHING;
  const reasons = [...groupBy(open, ({ message }) => message)].sort(([, a], [, b]) => b.length - a.length);
  return markup`<section id="open" aria-labelledby="open-title">
<h2 id="open-title">Could not be decided (${open.length})</h2>
<p class="quiet">These weigh nothing in the score and lower its coverage. <code>--env NAME=VALUE</code> tells what a variable holds, <code>-e FILE</code> what a file of them holds, and <code>components</code> in <code>scalecard.yaml</code> how many instances run.</p>
${reasons.map(([message, group]) => {
  const [first] = group;
  const rules = [...new Set(group.map(({ ruleId }) => ruleId))];
  const places = new Map(group.map(({ location }) => [`${location.uri}:${location.region.startLine}`, location]));
  const more = places.size - MOST_PLACES;
  const tells = whatTells(first);
  return markup`<details class="result"><summary><span class="verdict open">?</span> <span class="message">${message.replace(/^cannot be decided: /, '')}</span><span class="quiet">${rules.join(', ')}</span></summary>
${tells === undefined ? NOTHING : markup`<p class="quiet">To decide it, ${tells}</p>`}
<p>${join([...places.values()].slice(0, MOST_PLACES).map(place), markup`, `)}${more > 0 ? ` and ${more} more` : ''}</p>${frames.draw(first.location, '')}</details>`;
})}
</section>`;
}

/** Results that a comment in the repository silences, with the reason it gives. */
export function suppressedSection(results: readonly Result[], anchors: Anchors): Markup {
  if (results.length === 0) return NOTHING;
  return markup`<section id="suppressed" aria-labelledby="suppressed-title">
<h2 id="suppressed-title">Suppressed (${results.length})</h2>
<div class="wide"><table><thead><tr><th scope="col">Rule</th><th scope="col">Place</th><th scope="col">Component</th><th scope="col">Reason given</th></tr></thead><tbody>
${results.map(
  (result) =>
    markup`<tr id="${anchors.ofResult(result)}"><td><code>${result.ruleId}</code></td><td>${place(result.location)}</td><td>${componentLinks([result.component, ...result.alsoIn], anchors)}</td><td>${result.suppression === undefined ? NOTHING : markup`${result.suppression.justification} ${place(result.suppression.location)}`}</td></tr>`,
)}
</tbody></table></div></section>`;
}

/** Why what is green is green: which rules looked at something and found it as it should be. */
export function passedSection(verdicts: readonly Verdict[], { rules, categories }: RuleSet): Markup {
  const passed = groupBy(
    verdicts.filter(({ kind }) => kind === 'pass'),
    ({ ruleId }) => ruleId,
  );
  const failed = new Set(verdicts.filter(({ kind }) => kind === 'fail' || kind === 'open').map(({ ruleId }) => ruleId));
  const whole = rules.filter(({ id }) => passed.has(id) && !failed.has(id));
  const unseen = rules.filter(({ id }) => !passed.has(id) && !failed.has(id));
  if (verdicts.length === 0) return NOTHING;
  const rows = categories.flatMap(({ id, title }) => {
    const own = whole.filter(({ category }) => category === id);
    return own.map(
      (rule, index) =>
        markup`<tr><td>${index === 0 ? title : markup`<span class="unseen">${title}</span>`}</td><td><code>${rule.id}</code></td><td>${rule.description}</td><td>${[...new Set((passed.get(rule.id) ?? []).map(({ component }) => component))].sort().join(', ')}</td></tr>`,
    );
  });
  return markup`<section id="passed" aria-labelledby="passed-title">
<h2 id="passed-title">What passed</h2>
<p>${whole.length === 0 ? 'No rule looked at something and found it as it should be everywhere.' : `${count(whole.length, 'rule')} looked at something and found it as it should be everywhere.`} ${unseen.length === 0 ? '' : `${count(unseen.length, 'rule')} had nothing to look at, which counts neither way.`}</p>
${rows.length === 0 ? NOTHING : markup`<details><summary>Rules that passed</summary><div class="wide"><table><thead><tr><th scope="col">Category</th><th scope="col">Rule</th><th scope="col">What it asks for</th><th scope="col">Components</th></tr></thead><tbody>${rows}</tbody></table></div></details>`}
${unseen.length === 0 ? NOTHING : markup`<details><summary>Rules with nothing to look at</summary><ul class="plain">${unseen.map(({ id, description }) => markup`<li><code>${id}</code> ${description}</li>`)}</ul></details>`}
</section>`;
}

const ORDER: readonly Notification['level'][] = ['error', 'warning', 'note'];

/** What went wrong or was left out in this run; the same message stands once, with its places. */
export function notificationsSection(notifications: readonly Notification[]): Markup {
  if (notifications.length === 0) return NOTHING;
  const groups = [...groupBy(notifications, ({ level, message }) => `${level} ${message}`).values()].sort(
    ([a], [b]) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level),
  );
  return markup`<section id="run" aria-labelledby="run-title">
<h2 id="run-title">About this run</h2>
<ul class="plain">${groups.map((group) => {
    const places = group.flatMap(({ location }) => (location === undefined ? [] : [place(location)]));
    const more = places.length - MOST_PLACES;
    return markup`<li><span class="level ${group[0].level}">${group[0].level}</span> ${group[0].message} ${join(places.slice(0, MOST_PLACES), markup`, `)}${more > 0 ? ` and ${more} more` : ''}</li>`;
  })}</ul>
</section>`;
}
