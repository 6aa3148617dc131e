import { LAYERS, type Station, type Step } from '../../model/model.js';
import { isUnknown } from '../../location.js';
import type { Result } from '../../rules/result.js';
import { count } from '../count.js';
import type { Audit } from '../report.js';
import type { Group } from '../ranking.js';
import { scopeInWords } from '../scope.js';
import type { Anchors } from './anchors.js';
import { resultsAtStations } from './at-station.js';
import { componentLinks } from './components.js';
import { join, markup, NOTHING, type Markup } from './markup.js';
import { drawingOf } from './picture/boxes.js';
import { draw, layerTitle } from './picture/draw.js';
import { evidenceList, place } from './place.js';
import { standingWords } from './standing-words.js';

const MOST_RESULTS = 12;

/** The way of a request, drawn, and then in words with everything that says so. */
export function waySection({ model }: Audit, groups: readonly Group[], anchors: Anchors): Markup {
  const { journey, components } = model;
  if (journey.stations.length === 0) return NOTHING;
  const resultsAt = resultsAtStations(journey, groups);
  const drawing = drawingOf(journey, components, resultsAt);
  const told = LAYERS.filter((layer) => journey.stations.some((station) => station.layer === layer));
  const unseen = LAYERS.filter((layer) => !told.includes(layer)).map((layer) => layerTitle(layer).toLowerCase());
  const alone = journey.stations.filter(
    ({ id, kind, layer }) =>
      kind === 'component' && layer !== 'background' && !journey.steps.some(({ to }) => to === id),
  );
  return markup`<section id="way" aria-labelledby="way-heading">
<h2 id="way-heading">The way of a request</h2>
<p class="quiet">Read from the files, outside to inside. ✗ broken today, ▲ cannot grow, ● one by choice, ? could not be decided, ✓ no state stops it (of state: shared widely enough). Labels on lines name the file and line that say so.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Picture of the way of a request">${draw(drawing, anchors)}</div>
${drawing.leftOut.length === 0 ? NOTHING : markup`<p class="quiet">Not drawn, but told below: ${drawing.leftOut.join(', ')}.</p>`}
${unseen.length === 0 ? NOTHING : markup`<p class="quiet">Nothing that was read speaks of: ${unseen.join(', ')}.</p>`}
${alone.length === 0 ? NOTHING : markup`<p class="quiet">Nothing that was read tells who asks: ${alone.map(({ title }) => title).join(', ')}.</p>`}
${
  journey.aside.length === 0
    ? NOTHING
    : markup`<p class="quiet">Beside the way: ${join(
        journey.aside.map(({ component, reason }) => markup`${componentLinks([component], anchors)} (${reason})`),
        markup`, `,
      )}.</p>`
}
<details id="way-in-words"><summary>The same in words</summary>
${told.map(
  (layer) =>
    markup`<h3>${layerTitle(layer)}</h3><ul class="stations">${journey.stations
      .filter((station) => station.layer === layer)
      .map((station) => stationOf(station, journey, resultsAt.get(station.id) ?? [], groups, anchors))}</ul>`,
)}
</details>
</section>`;
}

function stationOf(
  station: Station,
  { stations, steps }: Audit['model']['journey'],
  results: readonly Result[],
  groups: readonly Group[],
  anchors: Anchors,
): Markup {
  const { kind, title, what, components, scope, standing, details } = station;
  const { sign, words, kind: colour } = standingWords(standing, kind);
  const name = kind === 'component' ? componentLinks(components, anchors) : markup`${title}`;
  const keepers =
    kind === 'state' ? markup` <span class="quiet">kept by ${componentLinks(components, anchors)}</span>` : NOTHING;
  const seen = scope === null || isUnknown(scope) ? '' : `, seen by ${scopeInWords(scope)}`;
  const onwards = steps.filter(({ from, to }) => from === station.id && stations.some(({ id }) => id === to));
  return markup`<li id="${anchors.ofStation(station)}"><p><strong>${name}</strong> <span class="quiet">${what === 'unknown' ? 'component' : what}${seen}</span>${keepers}${words === '' ? NOTHING : markup` <span class="verdict ${colour}">${sign} ${words}</span>`}</p>
${evidenceList(details, 12)}
${onwards.length === 0 ? NOTHING : markup`<ul class="onwards">${onwards.map((step) => onwardOf(step, stations, anchors))}</ul>`}
${wrongHere(results, groups, anchors)}</li>`;
}

function onwardOf({ to, evidence }: Step, stations: readonly Station[], anchors: Anchors): Markup {
  const target = stations.find(({ id }) => id === to);
  const [first] = evidence;
  if (target === undefined || first === undefined) return NOTHING;
  const title = target.kind === 'state' ? `${target.what}: ${target.title}` : target.title;
  return markup`<li>→ <a href="#${anchors.ofStation(target)}">${title}</a> ${place(first.location)} <span class="says">${first.message}</span>${evidence.length > 1 ? markup`<span class="quiet"> and ${count(evidence.length - 1, 'further place')}</span>` : NOTHING}</li>`;
}

function wrongHere(results: readonly Result[], groups: readonly Group[], anchors: Anchors): Markup {
  if (results.length === 0) return NOTHING;
  const shown = results.slice(0, MOST_RESULTS);
  const more = results.length - shown.length;
  const links = shown.map((result) => {
    const level = groups.find((group) => group.results.includes(result))?.level ?? result.level;
    return markup`<a href="#${anchors.ofResult(result)}"><span class="level ${level}">${level}</span> ${result.ruleId}</a>`;
  });
  return markup`<p class="wrong">Wrong or missing here: ${join(links, markup`, `)}${more > 0 ? ` and ${more} more` : ''}</p>`;
}
