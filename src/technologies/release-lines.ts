import { runtime } from '../facts/runtime.js';
import { state, type Stated } from '../facts/fact.js';
import { unknown, type Evidence, type Location } from '../location.js';

/** A product's lines of releases, with the dates that its makers have announced: data, with where it is from. */
export interface ReleaseLines {
  /** As its makers write it. */
  readonly product: string;
  /** A page of the makers. */
  readonly source: string;
  /** The day on which the dates were looked up. */
  readonly asOf: string;
  /** Newest first. */
  readonly lines: readonly ReleaseLine[];
  /** The line to move to, where that is neither the newest of those that are supported for longer nor the newest of all. */
  readonly moveTo?: string;
}

export interface ReleaseLine {
  /** `4.2`, `18`: what all its versions begin with. */
  readonly line: string;
  /** The last day of security fixes; absent while nobody has announced it. */
  readonly ends?: string;
  readonly longTerm?: true;
  /** Made in between, for some: a tag that names a major version alone does not stand for it. */
  readonly between?: true;
}

/** Of a cluster: what everything runs on. */
export const BENEATH = Symbol('beneath');

/** What runs on a version of the product; nothing where the version names no line: `3` may be any of many. */
export function* runtimeOf(
  releases: ReleaseLines,
  version: string,
  location: Location,
  evidence: readonly Evidence[] = [],
  unit?: string | typeof BENEATH,
): Iterable<Stated> {
  const { product, source, asOf, lines } = releases;
  const [newest] = lines;
  const line = lineOf(releases, version);
  if (newest === undefined || line === undefined) return;
  const known = lines.find((one) => one.line === line);
  // What has no end yet has nothing to be held against.
  if (known !== undefined && known.ends === undefined) return;
  const target =
    lines.find((one) => one.line === releases.moveTo) ?? lines.find((one) => one.longTerm === true) ?? newest;
  yield state(
    runtime,
    location,
    {
      product,
      line: known === undefined ? line : nameOf(known),
      supportEnds: known?.ends ?? unknown(`the table of ${asOf} does not know ${product} ${line} yet`),
      remedy: `${product} ${nameOf(target)}, ${target.ends === undefined ? 'which is the newest' : `supported until ${target.ends}`}`,
      source: `${source}, as of ${asOf}`,
      ...(unit === undefined ? {} : unit === BENEATH ? { beneath: true } : { unit }),
    },
    evidence,
  );
}

/** The line of a version: one of the table, or one that is newer than all of it. */
export function lineOf({ lines }: ReleaseLines, version: string): string | undefined {
  const parts = partsOf(version);
  const known = lines.find(({ line }) => partsOf(line).every((part, i) => part === parts[i]));
  if (known !== undefined) return known.line;
  const [newest] = lines;
  if (newest === undefined) return undefined;
  const head = partsOf(newest.line);
  return parts.length >= head.length && isNewer(parts, head) ? parts.slice(0, head.length).join('.') : undefined;
}

/**
 * Of a tag that names a major version only, the newest line of it, which is what it stands for: `mysql:8`, `redis:6-alpine`;
 * lines made in between have no such tag.
 */
export function lineOfTag(releases: ReleaseLines, tag: string): string | undefined {
  const version = /^v?(\d+(?:\.\d+)*)(?![\w.])/.exec(tag)?.[1];
  if (version === undefined) return undefined;
  const parts = partsOf(version);
  return (
    lineOf(releases, version) ??
    releases.lines.find(({ line, between }) => between !== true && parts.every((part, i) => part === partsOf(line)[i]))
      ?.line
  );
}

const nameOf = ({ line, longTerm }: ReleaseLine): string => (longTerm === true ? `${line} LTS` : line);
const partsOf = (version: string): number[] => version.split('.').map(Number);

function isNewer(parts: readonly number[], than: readonly number[]): boolean {
  const at = than.findIndex((part, i) => part !== parts[i]);
  return at >= 0 && (parts[at] ?? 0) > (than[at] ?? 0);
}
