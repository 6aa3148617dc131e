import widthOf from 'fast-string-width';
import { harmless } from '../../../harmless.js';
import type { LayerId, Step } from '../../../model/model.js';
import type { Anchors } from '../anchors.js';
import { join, markup, NOTHING, type Markup } from '../markup.js';
import type { Box, Drawing } from './boxes.js';
import { layoutOf, type Layout, type Line, type Placed } from './layout.js';

const LAYER_TITLES: Readonly<Record<LayerId, string>> = {
  clients: 'Clients',
  entrance: 'Entrance',
  proxy: 'Proxy',
  application: 'Application',
  background: 'Beside the request',
  state: 'Shared state',
  pooler: 'Connection pooler',
  database: 'Database',
};

const ROW = 17;
const PADDING = 11;
/** Letters of the sizes below that fit into a box. */
const WIDE = 22;
const SMALL = 30;
/** Beyond so many lines their labels would hide each other; the words below the picture have all of them. */
const MOST_LABELS = 24;
const LABEL = 24;
const LETTER = 6.1;
/** A broader picture is not made smaller to fit the page: nobody could read it. */
const BROAD = 1450;

export function layerTitle(layer: LayerId): string {
  return LAYER_TITLES[layer];
}

/** The picture as a drawing that explains itself to a reader of the screen; everything in it links into the page. */
export function draw({ boxes, steps }: Drawing, anchors: Anchors): Markup {
  const labelled = steps.length <= MOST_LABELS;
  const layout = layoutOf(boxes, steps, {
    heightOf,
    labelOf: (step) => (labelled ? widthOf(labelText(step)) * LETTER + 8 : 0),
  });
  const { width, height, bands } = layout;
  const described = `Boxes: ${boxes.length}, steps between them: ${steps.length}; the list below the picture says the same in words.`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="${width > BROAD ? 'way broad' : 'way'}" role="group" aria-labelledby="way-title way-words" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="way-title">The way of a request through the system</title>
<desc id="way-words">${described}</desc>
<defs>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="7" class="hatch"/></pattern>
<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.8L7 4L0 7.2Z" class="head"/></marker>
</defs>
${bands.map(({ y, height: high }) => markup`<rect class="band" x="0" y="${y}" width="${width}" height="${high}" rx="6"/>`)}
${layout.lines.map((line) => lineOf(line))}
${bands.map(({ layer, y }) => markup`<text class="band-title" x="10" y="${y + 15}">${layerTitle(layer)}</text>`)}
${layout.boxes.map((placed) => boxOf(placed, anchors))}
${labelled ? labelsOf(layout, anchors) : NOTHING}
</svg>`;
}

function heightOf({ lines, standing, inside, results }: Box): number {
  const rows =
    2 +
    lines.length +
    (standing.words === '' ? 0 : 1) +
    (results === '' ? 0 : 1) +
    (inside.length > 0 ? inside.length + 1.4 : 0);
  return rows * ROW + 2 * PADDING - 4;
}

function boxOf({ box, x, y, width, height }: Placed, anchors: Anchors): Markup {
  const rows: Markup[] = [];
  let line = y + PADDING + 9;
  const text = (kind: string, words: string, letters: number, dx = 0): void => {
    rows.push(markup`<text class="${kind}" x="${x + PADDING + dx}" y="${line}">${shortened(words, letters)}</text>`);
    line += ROW;
  };
  if (box.copies !== '')
    rows.push(markup`<text class="copies" x="${x + width - PADDING}" y="${line}">${box.copies}</text>`);
  text('what', box.what, box.copies === '' ? SMALL : SMALL - widthOf(box.copies) - 2);
  text('title', box.title, WIDE);
  for (const words of box.lines) text('small', words, SMALL);
  if (box.standing.words !== '')
    text(`standing ${box.standing.kind}`, `${box.standing.sign} ${box.standing.words}`, SMALL);
  if (box.results !== '') text('small results', box.results, SMALL);
  const parts: Markup[] = [];
  if (box.inside.length > 0) {
    const top = line - 9;
    parts.push(
      markup`<rect class="inside" x="${x + 5}" y="${top}" width="${width - 10}" height="${y + height - 5 - top}" rx="3"/>`,
      markup`<text class="what" x="${x + PADDING}" y="${line + 5}">each keeps for itself</text>`,
    );
    line += 5 + ROW;
    for (const { station, standing, text: words } of box.inside) {
      const says = standing.words === '' ? words : `${words}, ${standing.words}`;
      const sign = standing.sign === '' ? '' : `${standing.sign} `;
      parts.push(
        markup`<a href="#${anchors.ofStation(station)}"><title>${says}</title><text class="small ${standing.kind}" x="${x + PADDING}" y="${line}">${sign}${shortened(words, SMALL - 2)}</text></a>`,
      );
      line += ROW;
    }
  }
  const href = box.kind === 'more' ? 'way-in-words' : anchors.ofStation(box);
  const says = [box.what, box.title, box.copies, ...box.lines, box.standing.words, box.results].filter(
    (one) => one !== '',
  );
  const behind =
    box.copies === ''
      ? NOTHING
      : join(
          [8, 4].map(
            (by) => markup`<rect class="copy" x="${x + by}" y="${y + by}" width="${width}" height="${height}" rx="5"/>`,
          ),
        );
  const hatch =
    box.standing.kind === 'broken'
      ? markup`<rect class="hatched" x="${x + width - 7}" y="${y + 1}" width="6" height="${height - 2}"/>`
      : NOTHING;
  return markup`${behind}<g class="box ${box.kind} is-${box.standing.kind}"><a href="#${href}"><title>${says.join(', ')}</title><rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>${hatch}${rows}</a>${parts}</g>`;
}

function lineOf({ points }: Line): Markup {
  return markup`<path class="step" d="${curve(points)}" marker-end="url(#head)"/>`;
}

/** Through the middles between bends, so that a line bends softly where the library bends it. */
function curve(points: Line['points']): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const at = ({ x, y }: { x: number; y: number }): string => `${rounded(x)} ${rounded(y)}`;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    const middle = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(middle)}`;
  });
  return `M${at(first)}${bends.length === 0 ? `L${at(last)}` : bends.join('')}`;
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}

/** A label that would hide a box or another label is left out: the words below the picture have it. */
function labelsOf({ lines, boxes, width: whole }: Layout, anchors: Anchors): Markup {
  const taken = boxes.map(({ x, y, width, height }) => ({ left: x, right: x + width, top: y - 8, bottom: y + height }));
  return join(
    lines.flatMap(({ step, label }) => {
      const words = labelText(step);
      if (label === undefined || words === '') return [];
      const width = widthOf(words) * LETTER + 8;
      const x = Math.max(width / 2, Math.min(whole - width / 2, label.x));
      const area = { left: x - width / 2, right: x + width / 2, top: label.y - 8, bottom: label.y + 8 };
      const isHiding = taken.some(
        ({ left, right, top, bottom }) =>
          area.left < right && area.right > left && area.top < bottom && area.bottom > top,
      );
      if (isHiding) return [];
      taken.push(area);
      const says = [...new Set(step.evidence.map(({ message }) => message))].join('; ');
      return [
        markup`<a class="label" href="#${anchors.ofStation({ id: step.from })}"><title>${says}</title><rect x="${rounded(area.left)}" y="${rounded(label.y - 8)}" width="${rounded(width)}" height="15" rx="3"/><text x="${rounded(x)}" y="${rounded(label.y + 3)}">${words}</text></a>`,
      ];
    }),
  );
}

/** Who says so: the end of a path and its line. */
function labelText({ evidence }: Step): string {
  const [first] = evidence;
  if (first === undefined) return '';
  const { uri, region } = first.location;
  const place = harmless(`${uri.slice(uri.lastIndexOf('/') + 1)}:${region.startLine}`);
  return place.length <= LABEL ? place : `…${place.slice(1 - LABEL)}`;
}

/** Cut to so many letters, wide ones counted twice. */
function shortened(text: string, letters: number): string {
  const shown = harmless(text.slice(0, 4 * letters));
  if (widthOf(shown) <= letters && text.length <= 4 * letters) return shown;
  let cut = shown;
  while (widthOf(cut) > letters - 1) cut = cut.slice(0, -1);
  return `${cut}…`;
}
