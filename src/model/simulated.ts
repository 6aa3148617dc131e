import type { Part } from './component.js';

/** How many instances to imagine, by the name of the component. */
export type Sizes = ReadonlyMap<string, number>;

/** The same components in other numbers, with nothing derived yet. */
export function simulated(parts: readonly Part[], sizes: Sizes): readonly Part[] {
  return parts.map((part) => {
    const imagined = sizes.get(part.name);
    return { ...part, properties: {}, ...(imagined === undefined ? {} : { imagined }) };
  });
}
