/** Steps and letters of one chart; a large one with all that it holds needs a tenth. */
const MOST_STEPS = 1_000_000;
const MOST_LETTERS = 12_000_000;
/** Blocks, parentheses and templates inside one another. */
const DEEPEST = 250;

/** More is made than anybody writes; nothing is read of such a chart. */
export class RenderStop extends Error {}

export interface Bounds {
  readonly step: () => void;
  readonly take: (size: number) => void;
  readonly deeper: <T>(run: () => T) => T;
}

/** What one chart may cost. */
export function createBounds(): Bounds {
  let steps = 0;
  let letters = 0;
  let depth = 0;
  const step = (): void => {
    if (++steps > MOST_STEPS) throw new RenderStop('it takes too many steps');
  };
  return {
    step,
    take(size) {
      letters += size;
      if (letters > MOST_LETTERS) throw new RenderStop('it would become too long');
    },
    deeper(run) {
      step();
      if (depth >= DEEPEST) throw new RenderStop('it is nested too deep');
      depth++;
      try {
        return run();
      } finally {
        depth--;
      }
    },
  };
}
