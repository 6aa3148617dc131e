import type { Location } from '../location.js';
import { known, type Workload } from './deployment.js';

/** What tells whose an image is, and where the code that it holds stands. */
export interface Ground {
  /** Whether an image name is one of a product that is not the project's own code. */
  readonly isProduct: (imageName: string) => boolean;
  /** Whether it is one of those that stand before applications and send files. */
  readonly isProxy: (imageName: string) => boolean;
  /** Whether the repository holds a file or folder. */
  readonly holds: (path: string) => boolean;
  /** What the repository calls itself. */
  readonly names: ReadonlySet<string>;
  /** Where it says that it is a collection of things that have nothing to do with each other. */
  readonly collection: Location | undefined;
}

/** Whether a workload runs an image that has the name of the repository, or of the package that it is made of. */
export function isCalledLikeUs(fact: Workload, { names, holds }: Ground): boolean {
  const name = imageName(known(fact.properties.image) ?? '').replace(/^.*\//, '');
  return names.has(name.toLowerCase()) || (name !== '' && holds(`${name}/__init__.py`));
}

/** `ghcr.io/acme/shop:1.2@sha256:...` is `ghcr.io/acme/shop`. */
export function imageName(reference: string): string {
  const name = reference.split('@')[0] ?? reference;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
