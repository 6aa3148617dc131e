import type { TSESTree } from '@typescript-eslint/types';

type Node = TSESTree.Node;

/** Where answers are kept: those of a whole program, or of one call of a function. */
interface Kept<T> {
  get(node: Node): T | undefined;
  set(node: Node, value: T): unknown;
}

/** Answers about nodes, by what was asked of them. They go with the program that they belong to: weak maps would only burden the garbage collector. */
export type Named<T> = Map<string, Map<Node, T>>;

export function answersNamed<T>(all: Named<T>, words: readonly string[]): Map<Node, T> {
  const name = words.join(' ');
  let answers = all.get(name);
  if (answers === undefined) all.set(name, (answers = new Map<Node, T>()));
  return answers;
}

/** An answer that was found while a question above it was still open, and leads back to that. */
interface Provisional {
  readonly kept: unknown;
  readonly node: Node;
  readonly value: unknown;
  /** The outermost open question that it leads back to. */
  readonly lowest: number;
}

/** What is being asked at the moment. */
export interface Asking {
  /** The depth of each open question, by where its answer will be kept. */
  readonly open: Map<unknown, Map<Node, number>>;
  readonly provisional: Map<unknown, Map<Node, Provisional>>;
  readonly recent: Provisional[];
  depth: number;
  /** Steps of the outermost question. */
  steps: number;
  /** Steps of all questions before. */
  spent: number;
  /** The outermost open question that the answer at hand leads back to; Infinity where it stands for itself. */
  lowest: number;
}

export const askingNothing = (): Asking => ({
  open: new Map(),
  provisional: new Map(),
  recent: [],
  depth: 0,
  steps: 0,
  spent: 0,
  lowest: Infinity,
});

/** One question takes no more steps, and no deeper ones, than that; fewer once a program has taken a great many. */
const MOST_STEPS = 10_000;
const FEWER_STEPS = 300;
const MOST_IN_ALL = 2_000_000;
const DEEPEST = 120;
const OUTERMOST = 1;

/**
 * Answers a question once, and says `cut` where it leads back to itself or too far. What led back to a question that is still
 * open holds only until that is answered: then it is asked again, for now more is known. (Were it asked again at once, each
 * way through names that lead to each other would be gone: `text = text.replace(...)`, forty times, has more ways than that.)
 */
export function once<T>(state: Asking, kept: Kept<T>, node: Node, cut: (reason: string) => T, make: () => T): T {
  const known = kept.get(node);
  if (known !== undefined) return known;
  const before = state.open.get(kept)?.get(node);
  if (before !== undefined) {
    state.lowest = Math.min(state.lowest, before);
    return cut('it leads back to itself');
  }
  const provisional = state.provisional.get(kept)?.get(node);
  if (provisional !== undefined) {
    state.lowest = Math.min(state.lowest, provisional.lowest);
    return provisional.value as T;
  }
  if (state.depth === 0) {
    state.spent += state.steps;
    state.steps = 0;
  }
  if (++state.steps > (state.spent > MOST_IN_ALL ? FEWER_STEPS : MOST_STEPS) || state.depth >= DEEPEST) {
    state.lowest = OUTERMOST;
    return cut('it leads too far to be followed');
  }
  const depth = ++state.depth;
  const from = state.recent.length;
  const around = state.lowest;
  state.lowest = Infinity;
  mapIn(state.open, kept).set(node, depth);
  let value: T;
  try {
    value = make();
  } finally {
    close(state, kept, node, depth, from);
  }
  if (state.lowest >= depth) kept.set(node, value);
  else remember(state, { kept, node, value, lowest: state.lowest });
  state.lowest = state.lowest >= depth ? around : Math.min(around, state.lowest);
  return value;
}

/** What leads back to it is forgotten; what leads further back stays. */
function close(state: Asking, kept: unknown, node: Node, depth: number, from: number): void {
  state.depth--;
  remove(state.open, kept, node);
  const { recent } = state;
  if (recent.length === from) return;
  for (const one of recent.splice(from)) {
    if (one.lowest < depth) recent.push(one);
    else remove(state.provisional, one.kept, one.node);
  }
}

function remember(state: Asking, one: Provisional): void {
  mapIn(state.provisional, one.kept).set(one.node, one);
  state.recent.push(one);
}

function mapIn<V>(all: Map<unknown, Map<Node, V>>, kept: unknown): Map<Node, V> {
  let map = all.get(kept);
  if (map === undefined) all.set(kept, (map = new Map<Node, V>()));
  return map;
}

/** Answers of a call are gone with it: so are the maps for them. */
function remove(all: Map<unknown, Map<Node, unknown>>, kept: unknown, node: Node): void {
  const map = all.get(kept);
  map?.delete(node);
  if (map?.size === 0) all.delete(kept);
}
