import { isUnknown, type Maybe } from '../../location.js';
import { standingOf } from '../../model/journey/standing-of.js';
import type { Component, Derived } from '../../model/model.js';
import { sizesInWords } from '../in-words.js';
import { scopeInWords } from '../scope.js';
import type { Audit } from '../report.js';
import type { Anchors } from './anchors.js';
import { join, markup, NOTHING, type Markup } from './markup.js';
import { resultsInWords } from './picture/boxes.js';
import { evidenceList, place } from './place.js';
import { standingWords } from './standing-words.js';

/** How far each component runs today and how far it can, with the places that say so. */
export function componentsSection({ model, evaluation }: Audit, anchors: Anchors): Markup {
  const { components } = model;
  if (components.length === 0) return NOTHING;
  const own = components.filter(({ directory }) => directory !== null);
  const bought = components.filter(({ directory }) => directory === null);
  const resultsOf = ({ name }: Component): string =>
    resultsInWords(
      evaluation.results.filter(
        ({ kind, component, alsoIn }) => kind === 'fail' && [component, ...alsoIn].includes(name),
      ),
    );
  return markup`<section id="components" aria-labelledby="components-title">
<h2 id="components-title">Components</h2>
${own.map((component) => cardOf(component, resultsOf(component), anchors))}
${
  bought.length === 0
    ? NOTHING
    : markup`<h3>Beside them, without code of the repository</h3><ul class="plain">${bought.map((component) => markup`<li id="${anchors.ofComponent(component.name) ?? ''}"><strong>${component.name}</strong>${component.role === 'unknown' ? '' : ` (${component.role})`} ${place(component.location)} <span class="quiet">${sizesInWords(component)}${resultsOf(component) === '' ? '' : `; ${resultsOf(component)}`}</span></li>`)}</ul>`
}
</section>`;
}

function cardOf(component: Component, results: string, anchors: Anchors): Markup {
  const { name, role, directory, audience, properties, location } = component;
  const { kind, sign, words } = standingWords(standingOf(properties));
  const what = [
    ...(role === 'unknown' ? [] : [role]),
    ...(directory === null || directory === '' || directory === '.' ? [] : [`${directory}/`]),
    ...(isUnknown(audience) || audience === 'production' ? [] : [`for ${audience}`]),
  ].join(', ');
  const { reach, ceiling, instances, processes, connectionsPerInstance } = properties;
  const sizes = sizesInWords(component);
  return markup`<article class="card is-${kind}" id="${anchors.ofComponent(name) ?? ''}">
<div class="ends"><h3>${name} <span class="quiet">${what}</span></h3><span class="verdict ${kind}">${sign} ${words}</span></div>
<dl>
${row('Runs on', `${scopeInWords(reach.value)}${sizes === '' ? '' : ` (${sizes})`}`, [reach, instances, processes])}
${row('Can run on', scopeInWords(ceiling.value), [ceiling])}
${row('Connections to databases', connections(connectionsPerInstance.value), [connectionsPerInstance])}
</dl>
<p class="quiet">Declared at ${place(location)}${results === '' ? '' : `; ${results}`}</p>
</article>`;
}

function row(label: string, text: string, values: readonly Derived<unknown>[]): Markup {
  const evidence = values.flatMap((value) => value.evidence);
  return markup`<div><dt>${label}</dt><dd>${text}${evidenceList(evidence)}</dd></div>`;
}

function connections(value: Maybe<number>): string {
  return isUnknown(value) ? `not known: ${value.unknown}` : `${value} from each instance, at most`;
}

/** Names of components, each a link to what is told of it. */
export function componentLinks(names: readonly string[], anchors: Anchors): Markup {
  return join(
    names.map((name) => {
      const anchor = anchors.ofComponent(name);
      return anchor === undefined ? markup`${name}` : markup`<a href="#${anchor}">${name}</a>`;
    }),
    markup`, `,
  );
}
