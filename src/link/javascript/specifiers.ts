/**
 * What a text seems to import, without parsing it: more than it does (what comments name as well), never less. A look
 * at every import of a large repository this way costs less than parsing one of its files.
 */
export function specifiersIn(text: string): string[] {
  const found = new Set<string>();
  const pattern =
    /(?:\bfrom|\bimport|\brequire(?:\.resolve)?|\b\w{0,60}[rR]equire\w{0,60})\s{0,60}\(?\s{0,60}(?:\/\*[^*]{0,200}\*\/\s{0,60})?(?:'([^'\n]{1,300})'|"([^"\n]{1,300})"|`([^`\n]{1,300})`)/g;
  for (const [, single, double, template] of text.matchAll(pattern)) found.add(single ?? double ?? template ?? '');
  return [...found];
}

/** Longer lines than this on average are a machine's. */
const WRITTEN_LINE = 400;
const LARGEST_SOURCE = 1024 * 1024;

/** Whether a person wrote the text: bundles and minified files are nobody's source, and cost as much as all others together. */
export function isWritten(text: string): boolean {
  if (text.length > LARGEST_SOURCE) return false;
  if (text.length < 20_000) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines < WRITTEN_LINE;
}
