import type { Program } from '../link/program.js';
import type { Location } from '../location.js';

/** What a component's image is made from, taken apart. */
export interface ImageTag {
  /** Without registry and tag, but with the owner: `library/python`. */
  readonly name: string;
  /** `3.12-slim`; empty where none is written. */
  readonly tag: string;
  readonly location: Location;
}

export function imageTagOf({ launch }: Program): ImageTag | undefined {
  if (launch.base === undefined) return undefined;
  const { image, location } = launch.base;
  const reference = image.split('@')[0] ?? image;
  const colon = reference.lastIndexOf(':');
  const named = colon > reference.lastIndexOf('/');
  return {
    name: named ? reference.slice(0, colon) : reference,
    tag: named ? reference.slice(colon + 1) : '',
    location,
  };
}
