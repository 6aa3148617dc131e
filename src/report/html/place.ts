import type { Evidence, Location } from '../../location.js';
import { toldOnce } from '../told-once.js';
import { markup, NOTHING, type Markup } from './markup.js';

/** `path:line`, to copy into an editor: a report is read where the files are not. */
export function place({ uri, region }: Location): Markup {
  return markup`<span class="place">${uri}:${region.startLine}</span>`;
}

/** Reasons with their places; those beyond `most` are counted. */
export function evidenceList(evidence: readonly Evidence[], most = 6): Markup {
  if (evidence.length === 0) return NOTHING;
  const told = toldOnce(evidence);
  const shown = told.slice(0, most);
  const more = told.length - shown.length;
  return markup`<ul class="evidence">${shown.map((one) => markup`<li>${place(one.location)} <span class="says">${one.message}</span></li>`)}${more > 0 ? markup`<li class="quiet">and ${more} more</li>` : NOTHING}</ul>`;
}
