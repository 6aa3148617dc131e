import type { Document } from '../../parse/document.js';
import type { Caddyfile, Line } from '../../parse/caddyfile/lines.js';

export type CaddyDocument = Document<Caddyfile>;

/** What answers for some addresses, the lines of snippets in their places. */
export interface Site {
  readonly head: Line;
  readonly lines: readonly Line[];
  /** A file that it imports and that is read for itself, if at all. */
  readonly imports: string | undefined;
}

/** Lines that are looked at in one site, with those of snippets: snippets can import each other. */
const MOST_LINES = 5000;

export function sitesOf(document: CaddyDocument): Site[] {
  const top = document.tree.lines;
  const snippets = new Map(
    top.flatMap((line): [string, readonly Line[]][] => {
      const name = /^\((.+)\)$/.exec(line.words[0]?.text ?? '')?.[1];
      return name === undefined || line.block === undefined ? [] : [[name, line.block]];
    }),
  );
  const sites = top.filter(
    ({ words, block }) => block !== undefined && words.length > 0 && !/^\(.+\)$|^&\(/.test(words[0]?.text ?? ''),
  );
  // One site alone needs no braces: its addresses stand in the first line.
  const bare = top.filter(
    ({ words }) => words.length > 0 && !/^\(.+\)$/.test(words[0]?.text ?? '') && words[0]?.text !== 'import',
  );
  const [first, ...rest] = bare;
  const alone = first?.block === undefined && first !== undefined ? [{ head: first, block: rest }] : undefined;
  return (alone ?? sites.map((head) => ({ head, block: head.block ?? [] }))).map(({ head, block }) => {
    const found: { lines: Line[]; imports: string | undefined; count: number } = {
      lines: [],
      imports: undefined,
      count: 0,
    };
    found.lines = unfolded(block, snippets, found, 0);
    return { head, lines: found.lines, imports: found.imports };
  });
}

function unfolded(
  lines: readonly Line[],
  snippets: ReadonlyMap<string, readonly Line[]>,
  found: { imports: string | undefined; count: number },
  depth: number,
): Line[] {
  return lines.flatMap((line): Line[] => {
    if (found.count++ > MOST_LINES) return [];
    if (line.words[0]?.text !== 'import')
      return line.block === undefined ? [line] : [{ ...line, block: unfolded(line.block, snippets, found, depth + 1) }];
    const name = line.words[1]?.text ?? '';
    const snippet = snippets.get(name);
    if (snippet === undefined) found.imports ??= name;
    return snippet === undefined || depth > 20 ? [] : unfolded(snippet, snippets, found, depth + 1);
  });
}

/** Every line of a site, with the blocks around it, outermost first. */
export function* everything(
  lines: readonly Line[],
  within: readonly Line[] = [],
): Generator<{ line: Line; within: readonly Line[] }> {
  for (const line of lines) {
    yield { line, within };
    if (line.block !== undefined) yield* everything(line.block, [...within, line]);
  }
}

export function words(line: Line): string[] {
  return line.words.map(({ text }) => text);
}

export function isFilledIn(text: string): boolean {
  return /\{\$|\{\{|\{%|\{env\.|<%/.test(text);
}
