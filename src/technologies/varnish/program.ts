import type { Document } from '../../parse/document.js';
import type { Program, Statement } from '../../parse/vcl/statements.js';

export type VclDocument = Document<Program>;

/** Declarations of a kind, by name: `backend web { }` is `web` of `backend`. A subroutine that stands twice is one. */
export function declared(document: VclDocument, kind: string): Map<string, Statement> {
  const found = new Map<string, Statement>();
  for (const statement of document.tree.statements) {
    const [word, name] = statement.words;
    if (word?.text !== kind || name === undefined || statement.block === undefined) continue;
    const before = found.get(name.text);
    found.set(
      name.text,
      before?.block === undefined ? statement : { ...before, block: [...before.block, ...statement.block] },
    );
  }
  return found;
}

/** The field of a block: `.host = "web";` or `.probe = { }`. */
export function field(block: Statement, name: string): Statement | undefined {
  return block.block?.find(({ words }) => words[0]?.text === `.${name}`);
}

/** What stands behind the `=` of a field, where that is one word. */
export function valueOf(statement: Statement | undefined): string | undefined {
  return statement?.words.length === 3 ? statement.words[2]?.text : undefined;
}

/** The words of a statement in a row, strings in quotes: to look for what it says. */
export function written({ words }: Statement): string {
  return words.map(({ text, quoted }) => (quoted ? `"${text}"` : text)).join(' ');
}

/** Files that the text includes and that are read for themselves. */
export function includes(document: VclDocument): string | undefined {
  return document.tree.statements.find(({ words }) => words[0]?.text === 'include')?.words[1]?.text;
}

/** VCL of the CDN of that name: it has the same words, and another built-in part that looks at no cookie. */
export function isFastly({ text, tree }: VclDocument): boolean {
  return (
    /#[ \t]*FASTLY[ \t]+(?:recv|fetch|deliver|hash|miss|hit)\b/i.test(text) ||
    tree.statements.some(({ words: [first] }) => first?.text === 'table') ||
    text.includes('req.http.Fastly-')
  );
}
