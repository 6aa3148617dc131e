import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { count } from '../count.js';
import { countsInWords, scoreInWords } from '../in-words.js';
import { ranking } from '../ranking.js';
import type { Audit } from '../report.js';
import { anchorsOf } from './anchors.js';
import { notificationsSection, openSection, passedSection, suppressedSection } from './beside.js';
import { componentsSection } from './components.js';
import { firstStepsSection } from './first-steps.js';
import { framesOf } from './frame.js';
import { headroomSection } from './headroom.js';
import { join, markup, NOTHING, type Markup } from './markup.js';
import { resultsSection } from './results.js';
import { scoreSection } from './score.js';
import { STYLE } from './style.js';
import { waySection } from './way.js';

/** Nothing is loaded, nothing runs, nothing is sent: the browser holds the page to it. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function pageOf(audit: Audit): string {
  const { evaluation, inventory, model, notifications, ruleSet, tool } = audit;
  const groups = ranking(audit);
  const anchors = anchorsOf(audit, groups);
  const frames = framesOf(inventory);
  const name = basename(inventory.root);
  const sections: readonly (readonly [string, string, Markup])[] = [
    ['score', 'Score', scoreSection(audit, groups, anchors)],
    ['first', 'Do first', firstStepsSection(groups, anchors)],
    ['headroom', 'What breaks first', headroomSection(model)],
    ['way', 'Way of a request', waySection(audit, groups, anchors)],
    ['components', 'Components', componentsSection(audit, anchors)],
    ['results', 'Results', resultsSection(groups, frames, anchors)],
    ['open', 'Undecided', openSection(evaluation.results, frames)],
    ['suppressed', 'Suppressed', suppressedSection(evaluation.suppressed, anchors)],
    ['passed', 'Passed', passedSection(evaluation.verdicts, ruleSet)],
    ['run', 'This run', notificationsSection(notifications)],
    ['reading', 'How to read', READING],
  ];
  const shown = sections.filter(([, , content]) => content.markup !== '');
  const { markup: html } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${name}: how far it scales</title>
<style>${{ markup: STYLE }}</style>
</head>
<body id="top">
<a class="skip" href="#main">To the report</a>
<header>
<p class="tool">${tool.name}</p>
<h1>${name}</h1>
<p class="summary">${summary(audit)}</p>
</header>
<nav aria-label="Sections"><ul>${shown.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main">
${asColumns(sections.map(([, , content]) => content))}
</main>
<footer><p>Written by ${tool.name} ${tool.version} from the files of the repository alone. Nothing was run, nothing was sent.</p></footer>
</body>
</html>
`;
  return html;
}

/** The number and what to do about it stand side by side where there is room. */
function asColumns([score = NOTHING, first = NOTHING, ...rest]: readonly Markup[]): Markup {
  return join(
    [markup`<div class="columns">${score}${first}</div>`, ...rest],
    markup`
`,
  );
}

function summary(audit: Audit): Markup {
  return markup`<strong>${scoreInWords(audit.scorecard)}</strong> · ${countsInWords(audit)} · ${count(audit.model.components.length, 'component')}`;
}

const READING = markup`<section id="reading" aria-labelledby="reading-title">
<h2 id="reading-title">How to read this page</h2>
<ol>
<li>Every piece of state has a <strong>scope</strong>: the largest set of places that see the same copy, one process, one machine, or all of them.</li>
<li>Every component has a <strong>reach</strong>: the widest set of places that the deployment runs it in.</li>
<li>Scope narrower than reach is <strong>broken today</strong> (an error); narrower than where it is meant to go, it <strong>cannot grow</strong> (a warning); where a component declares itself single, it is noted and no more.</li>
<li>The <strong>ceiling</strong> of a component is the narrowest scope of the state that it cannot do without; <strong>headroom</strong> is the number of instances at which the first known limit is met.</li>
<li>What the files do not tell is <strong>undecided</strong>: it weighs nothing and lowers the share “decided” beside the score. Nothing to look at is not a pass.</li>
</ol>
</section>`;
