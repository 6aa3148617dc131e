import * as dagre from '@dagrejs/dagre';
import { LAYERS, type LayerId, type Step } from '../../../model/model.js';
import type { Box } from './boxes.js';

export interface Placed {
  readonly box: Box;
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly step: Step;
  readonly points: readonly Point[];
  /** Middle of its label, where it has one. */
  readonly label: Point | undefined;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed[];
  readonly lines: readonly Line[];
  /** The strip of each layer that has boxes. */
  readonly bands: readonly { readonly layer: LayerId; readonly y: number; readonly height: number }[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is used of the library, whose own types do not resolve by the rules that Node has for modules. */
interface Graph {
  setGraph(label: object): void;
  setNode(id: string, label: object): void;
  setEdge(from: string, to: string, label: object): void;
  nodes(): string[];
  node(id: string): Point & { width: number; height: number; rank?: number };
  edge(from: string, to: string): Partial<Point> & { points: Point[] };
}
const { Graph: NewGraph, layout } = dagre as unknown as {
  Graph: new () => Graph;
  layout: (graph: Graph) => void;
};

const BOX_WIDTH = 218;
const MOST_IN_ROW = 5;
const BAND_TITLE = 22;
const MARGIN = 12;

export interface Sizes {
  heightOf(box: Box): number;
  /** Width of a step's label; 0 for none. */
  labelOf(step: Step): number;
}

/** What a page holds side by side. */
const WIDEST = 1104;

/**
 * Places boxes in rows by layer, from outside to inside; the order within a row and the ways of the lines are the
 * library's. Where room for labels would make the picture too broad, they get none of their own.
 */
export function layoutOf(boxes: readonly Box[], steps: readonly Step[], sizes: Sizes): Layout {
  const roomy = layoutWith(boxes, steps, sizes);
  return roomy.width <= WIDEST ? roomy : layoutWith(boxes, steps, { ...sizes, labelOf: () => 0 });
}

function layoutWith(boxes: readonly Box[], steps: readonly Step[], sizes: Sizes): Layout {
  const rows = rowsOf(boxes, steps);
  const inward = steps.filter(({ from, to }) => (rows.get(from) ?? 0) < (rows.get(to) ?? 0));
  const graph = new NewGraph();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 22,
    edgesep: 14,
    ranksep: 58,
    ranker: (ranked: Graph) => {
      // The library doubles distances to have a place for labels between two rows.
      for (const id of ranked.nodes()) ranked.node(id).rank = 2 * (rows.get(id) ?? 0);
    },
  });
  for (const box of boxes) graph.setNode(box.id, { width: BOX_WIDTH, height: sizes.heightOf(box) });
  for (const step of inward) {
    const width = sizes.labelOf(step);
    graph.setEdge(step.from, step.to, { ...(width > 0 && { width, height: 14, labelpos: 'c' }), minlen: 1 });
  }
  layout(graph);

  const placed = boxes.map((box): Placed => {
    const { x, y, width, height } = graph.node(box.id);
    return { box, x: x - width / 2, y: y - height / 2, width, height };
  });
  const lines = inward.map((step): Line => {
    const { points, x, y } = graph.edge(step.from, step.to);
    return { step, points, label: x === undefined || y === undefined ? middleOf(points) : { x, y } };
  });
  return framed(placed, lines);
}

function middleOf(points: readonly Point[]): Point | undefined {
  return points[Math.floor(points.length / 2)];
}

/** Room for the titles of the layers, and everything moved to where the picture begins. */
function framed(boxes: readonly Placed[], lines: readonly Line[]): Layout {
  const left = Math.min(...boxes.map(({ x }) => x), ...lines.flatMap(({ points }) => points.map(({ x }) => x)));
  const right = Math.max(
    ...boxes.map(({ x, width }) => x + width),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
  );
  const whole = right - left;
  const dy = BAND_TITLE + MARGIN;
  // What comes first stands on the left, where a narrow window begins.
  const [first] = boxes;
  const isMirrored = first !== undefined && first.x + first.width / 2 - left > whole / 2;
  const across = (x: number): number => MARGIN + (isMirrored ? right - x : x - left);
  const moved = boxes.map((one) => ({ ...one, x: across(isMirrored ? one.x + one.width : one.x), y: one.y + dy }));
  const bands = LAYERS.flatMap((layer) => {
    const own = moved.filter(({ box }) => box.layer === layer);
    if (own.length === 0) return [];
    const top = Math.min(...own.map(({ y }) => y)) - BAND_TITLE;
    return [{ layer, y: top, height: Math.max(...own.map(({ y, height }) => y + height)) + 10 - top }];
  });
  return {
    width: Math.ceil(whole + 2 * MARGIN + 8),
    height: Math.ceil(Math.max(...moved.map(({ y, height }) => y + height)) + MARGIN + 4),
    boxes: moved,
    lines: lines.map(({ step, points, label }) => ({
      step,
      points: points.map(({ x, y }) => ({ x: across(x), y: y + dy })),
      label: label && { x: across(label.x), y: label.y + dy },
    })),
    bands,
  };
}

/** The row of each box, counted through all layers. Within a layer a box stands below those that call it. */
function rowsOf(boxes: readonly Box[], steps: readonly Step[]): Map<string, number> {
  const rows = new Map<string, number>();
  let next = 0;
  for (const layer of LAYERS) {
    const own = boxes.filter((box) => box.layer === layer);
    if (own.length === 0) continue;
    const depths = depthsOf(
      own.map(({ id }) => id),
      steps,
    );
    for (let depth = 0; depth <= Math.max(...depths.values()); depth++) {
      const inRow = own.filter(({ id }) => depths.get(id) === depth);
      if (inRow.length === 0) continue;
      const needed = Math.ceil(inRow.length / MOST_IN_ROW);
      const each = Math.ceil(inRow.length / needed);
      for (const [index, { id }] of inRow.entries()) rows.set(id, next + Math.floor(index / each));
      next += needed;
    }
  }
  return rows;
}

/** The longest way to each box from one that nothing calls; a step that closes a circle does not count. */
function depthsOf(ids: readonly string[], steps: readonly Step[]): Map<string, number> {
  const callers = new Map(
    ids.map((id) => [id, steps.filter(({ from, to }) => to === id && ids.includes(from)).map(({ from }) => from)]),
  );
  const depths = new Map<string, number>();
  const depthOf = (id: string, path: ReadonlySet<string>): number => {
    const done = depths.get(id);
    if (done !== undefined) return done;
    const inside = new Set([...path, id]);
    const above = (callers.get(id) ?? []).filter((one) => !inside.has(one)).map((one) => depthOf(one, inside));
    const depth = Math.max(-1, ...above) + 1;
    depths.set(id, depth);
    return depth;
  };
  for (const id of ids) depthOf(id, new Set());
  return depths;
}
