import { satisfies } from '@renovatebot/pep440';

/** What nobody writes costs minutes to try. */
const MOST_PARTS = 10;
const LONGEST = 200;

/** Patch releases that a line is tried with. */
const PATCHES = 60;

/** `^4.2` and `~4.2` of Poetry, in the words of PEP 440. https://python-poetry.org/docs/dependency-specification/ */
function asPep440(constraint: string): string {
  return constraint
    .split(',')
    .map((part) => {
      const [, sign, version] = /^\s*([~^])\s*(\d+(?:\.\d+)*)\s*$/.exec(part) ?? [];
      if (sign === undefined || version === undefined) {
        const bare = /^\s*(\d+(?:\.\d+)*(?:\.\*)?)\s*$/.exec(part)?.[1];
        return bare === undefined ? part.trim() : `==${bare}`;
      }
      const parts = version.split('.').map(Number);
      const fixed = sign === '~' ? Math.min(1, parts.length - 1) : parts.findIndex((one) => one !== 0);
      const at = fixed < 0 ? parts.length - 1 : fixed;
      const limit = [...parts.slice(0, at), (parts[at] ?? 0) + 1].join('.');
      return `>=${version},<${limit}`;
    })
    .join(',');
}

/**
 * The first of several release lines (`5.2`, `4.2`, newest first) that a constraint of a Python manifest allows, which is the one that an
 * installation takes; undefined where it allows none of them, or cannot be read.
 */
export function newestAllowed(constraint: string, lines: readonly string[]): string | undefined {
  if (constraint.length > LONGEST || constraint.split(',').length > MOST_PARTS) return undefined;
  const specifier = asPep440(constraint);
  const exact = /^={2,3}\s*v?(\d+(?:\.\d+)*)$/.exec(specifier)?.[1];
  if (exact !== undefined) return lines.find((line) => `${exact}.`.startsWith(`${line}.`));
  return lines.find((line) => {
    for (let patch = 0; patch <= PATCHES; patch++) if (satisfies(`${line}.${String(patch)}`, specifier)) return true;
    return false;
  });
}
