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
  const found = [...text.slice(from, end).matchAll(pattern)]
    // A pattern may begin with the blank before the word.
    .map((one) => ({
      version: one[1],
      start: from + one.index + one[0].length - one[0].trimStart().length,
      end: from + one.index + one[0].length,
    }))
    .filter(({ start }) => !isComment(text, start));
  const [first] = found;
  if (first?.version === undefined || found.some(({ version }) => version !== first.version)) return undefined;
  return { version: first.version, location: { uri: base.uri, region: regionAt(starts, first.start, first.end) } };
}

function isComment(text: string, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]{0,40}#/.test(text.slice(line, line + 80));
}
