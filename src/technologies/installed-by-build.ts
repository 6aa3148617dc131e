import type { Program } from '../link/program.js';
import { lineStarts, regionAt, type Location } from '../location.js';

/** Longer build instructions are not looked through. */
const LONGEST = 60_000;

/** What the instructions of an image's last stage install, where all that fits a pattern agrees in its first group. */
export function installedByBuild(
  { launch, inventory }: Program,
  pattern: RegExp,
): { version: string; location: Location } | undefined {
  const base = launch.base?.location;
  if (base === undefined || !/(?:dockerfile|containerfile)/i.test(base.uri)) return undefined;
  const text = inventory.read(base.uri) ?? '';
  if (text.length > LONGEST) return undefined;
  const starts = lineStarts(text);
  const from = starts[base.region.startLine] ?? text.length;
  const next = /^[ \t]*FROM[ \t]/im.exec(text.slice(from));
  const end = next === null ? text.length : from + next.index;
  const found = [...text.slice(from, end).matchAll(pattern)].filter(
    ({ index }) => !isComment(text, starts, from + index),
  );
  const [first] = found;
  const version = first?.[1];
  if (first === undefined || version === undefined || found.some((one) => one[1] !== version)) return undefined;
  const at = from + first.index + first[0].length - first[0].trimStart().length;
  return { version, location: { uri: base.uri, region: regionAt(starts, at, from + first.index + first[0].length) } };
}

function isComment(text: string, starts: readonly number[], offset: number): boolean {
  const line = starts.findLast((start) => start <= offset + 1) ?? 0;
  return /^[ \t]*#/.test(text.slice(line, line + 80));
}
