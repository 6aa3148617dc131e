import type { Part } from '../component.js';

/** The station that a component is. */
export function idOf({ name }: Pick<Part, 'name'>): string {
  return `component ${name}`;
}
