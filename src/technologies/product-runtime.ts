import type { Stated } from '../facts/fact.js';
import type { Program } from '../link/program.js';
import { imageTagOf } from './image-tag.js';
import { lineOfTag, runtimeOf, type ReleaseLines } from './release-lines.js';
import { runningOf } from './running.js';
import type { Technology } from './technology.js';

/** Images that are tagged with the version of the product that they hold. */
export interface TaggedImages {
  readonly releases: ReleaseLines;
  /** The last part of their names. */
  readonly names: RegExp;
  /** Who else than Docker's library makes them: an image of that name by anybody else may have numbers of its own. */
  readonly makers: RegExp;
}

/** How long the product is mended that a component runs, as the tag of its image tells. */
export function* runtimeOfImage(
  program: Program,
  technology: Technology,
  products: readonly TaggedImages[],
): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined || runningOf([technology], program.launch).length === 0) return;
  const parts = base.name.split('/');
  const name = parts.pop() ?? '';
  const found = products.find(({ names, makers }) => names.test(name) && isBy(parts, makers));
  const line = found === undefined ? undefined : lineOfTag(found.releases, base.tag);
  if (found !== undefined && line !== undefined) yield* runtimeOf(found.releases, line, base.location);
}

/** `nginx`, `docker.io/nginx`, `mirror.acme.org/hub/library/nginx`, `public.ecr.aws/bitnami/nginx`. */
function isBy(before: readonly string[], makers: RegExp): boolean {
  const owner = before.at(-1);
  return owner === undefined || /^(?:library|(?:index\.)?docker\.io)$/.test(owner) || makers.test(owner);
}
