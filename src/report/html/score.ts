import type { Audit } from '../report.js';
import type { CategoryScore, Scorecard } from '../../score/scorecard.js';
import { percent } from '../count.js';
import { withoutScore } from '../in-words.js';
import type { Group } from '../ranking.js';
import type { Anchors } from './anchors.js';
import { bar, gradeKind } from './bar.js';
import { markup, NOTHING, type Markup } from './markup.js';

/** The number, what it stands on, and where the points went. */
export function scoreSection(audit: Audit, groups: readonly Group[], anchors: Anchors): Markup {
  const { scorecard } = audit;
  const categories = scorecard.categories.filter(({ coverage }) => coverage !== null);
  const empty = scorecard.categories.filter(({ coverage }) => coverage === null).map(({ title }) => title);
  return markup`<section id="score" aria-labelledby="score-title">
<h2 id="score-title">Score</h2>
${total(scorecard, withoutScore(audit) ?? '')}
${
  categories.length === 0
    ? NOTHING
    : markup`<div class="wide"><table class="categories">
<caption class="unseen">Score of each category</caption>
<thead><tr><th scope="col">Category</th><th scope="col" class="drawn"><span class="unseen">Bar</span></th><th scope="col" class="figure">Points</th><th scope="col">Grade</th><th scope="col" class="figure">Decided</th></tr></thead>
<tbody>${categories.map(categoryRow)}</tbody>
</table></div>`
}
${empty.length === 0 ? NOTHING : markup`<p class="quiet">Nothing here to judge for: ${empty.join(', ')}.</p>`}
${lostPoints(categories, groups, anchors)}
</section>`;
}

function total({ value, grade, coverage }: Scorecard, why: string): Markup {
  if (value === null)
    return markup`<p class="total"><span class="number">–</span> <span class="of">no score</span></p><p>${why}</p>`;
  const decided = coverage === null ? '' : `on ${percent(coverage)} decided`;
  return markup`<div class="gauge"><p class="total ${gradeKind(grade)}"><span class="number">${Math.round(value)}</span> <span class="of">of 100</span> <span class="grade">${grade === null ? 'too little for a grade' : `grade ${grade}`}</span> <span class="of">${decided}</span></p>${bar(value, gradeKind(grade))}</div>`;
}

function categoryRow({ title, value, grade, coverage }: CategoryScore): Markup {
  if (value === null)
    return markup`<tr><th scope="row">${title}</th><td class="drawn">${bar(0, 'none')}</td><td class="figure">–</td><td>–</td><td class="figure">nothing</td></tr>`;
  return markup`<tr><th scope="row">${title}</th><td class="drawn">${bar(value, gradeKind(grade))}</td><td class="figure">${Math.round(value)}</td><td><span class="grade-mark ${gradeKind(grade)}">${grade ?? '–'}</span></td><td class="figure">${coverage === null ? '–' : percent(coverage)}</td></tr>`;
}

function lostPoints(categories: readonly CategoryScore[], groups: readonly Group[], anchors: Anchors): Markup {
  const losing = categories.filter(({ lost }) => lost.length > 0);
  if (losing.length === 0) return NOTHING;
  const link = (ruleId: string): Markup => {
    const group = groups.find((one) => one.ruleId === ruleId);
    return group === undefined
      ? markup`<code>${ruleId}</code>`
      : markup`<a href="#${anchors.ofGroup(group)}"><code>${ruleId}</code></a>`;
  };
  const rows = losing.flatMap(({ title, lost }) =>
    lost.map(
      ({ ruleId, component, points }, index) =>
        markup`<tr><td>${index === 0 ? title : markup`<span class="unseen">${title}</span>`}</td><td>${link(ruleId)}</td><td>${component}</td><td class="figure">−${points < 10 ? Math.round(points * 10) / 10 : Math.round(points)}</td></tr>`,
    ),
  );
  return markup`<details><summary>Where the points went</summary>
<p class="quiet">Points of the category, each of which counts to a hundred of its own.</p>
<div class="wide"><table><thead><tr><th scope="col">Category</th><th scope="col">Rule</th><th scope="col">Component</th><th scope="col" class="figure">Points</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
