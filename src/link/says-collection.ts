import type { Inventory } from '../discover/inventory.js';
import { lineStarts, regionAt, type Location } from '../location.js';

/** Several things to be read or copied; one example application calls itself an example, not examples. */
const COLLECTION =
  /\b(?:examples|samples|demos|snippets|tutorials|exercises|cookbook|awesome|(?:example|sample|demo) (?:apps|applications|projects|programs|deployments|configurations))\b/i;

/** Where a repository says that it is a collection: the first heading of its README. */
export function saysCollection(inventory: Inventory): Location | undefined {
  const readme = inventory.files.find(({ path }) => /^readme(?:\.(?:md|markdown|rst|adoc|txt))?$/i.test(path));
  if (readme === undefined) return undefined;
  const text = (inventory.read(readme.path) ?? '').slice(0, 4_000);
  const lines = text.split('\n');
  const at = lines.findIndex(
    (line, i) => /^(?:#|=)\s+\S/.test(line) || (line.trim() !== '' && /^(?:={3,}|-{3,})\s*$/.test(lines[i + 1] ?? '')),
  );
  const heading = lines[at];
  if (heading === undefined || !COLLECTION.test(heading)) return undefined;
  const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
  return { uri: readme.path, region: regionAt(lineStarts(text), start, start + heading.length) };
}
