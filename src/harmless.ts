/**
 * What the audited repository says may steer a terminal or a build server: escape sequences, text that runs backwards,
 * lines that a CI runner takes for its own commands. Whatever is printed for people passes through here first.
 */

const DANGEROUS =
  // C0, DEL, C1 · Arabic letter mark, direction marks, line and paragraph separators, embeddings and overrides, isolates · zero-width
  // space and byte-order marks, interlinear annotation · lone surrogates · invisible tag characters.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

/** `##[command]` and `##product[command]` work anywhere in a line for some build servers. */
const COMMAND_INSIDE = /##(?=\w*\[)/g;

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a) return '\\n';
  if (code === 0x0d) return '\\r';
  if (code === 0x09) return '\\t';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line without anything that acts: each such character stands as its escape. */
export function harmless(text: string): string {
  return text.replace(DANGEROUS, shown).replace(COMMAND_INSIDE, '\\x23#');
}

/** The same for text of several lines: line breaks and tabs are kept. */
export function harmlessLines(text: string): string {
  return text.replace(/[^\t\n]+/g, harmless);
}

/** Last of all, over finished lines: none may begin with `::`, which some build servers obey. */
export function withoutCommands(lines: string): string {
  return lines.replace(/^([ \t]*):(?=:)/gm, '$1\\x3a');
}

/** For JSON, whose strings may hold such characters as escapes without a change of meaning. */
export function harmlessJson(json: string): string {
  return json
    .replace(/[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g, (character) =>
      jsonEscape(character.charCodeAt(0)),
    )
    .replace(
      /[\u{e0000}-\u{e007f}]/gu,
      (character) => jsonEscape(character.charCodeAt(0)) + jsonEscape(character.charCodeAt(1)),
    )
    .replace(COMMAND_INSIDE, '\\u0023#');
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
