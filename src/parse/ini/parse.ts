import type { Comment, Parsed, SyntaxTrouble } from '../document.js';
import type { Section, Setting, Settings } from './settings.js';

/**
 * Sections, `key = value` lines and comment lines, as far as all dialects agree. A value is everything up to the end
 * of its line, because they do not: `;` behind a value is part of it for PgBouncer and uWSGI, `#` ends it for
 * PostgreSQL. Indentation says nothing, so that a file inside a YAML block reads the same.
 */
export function parse(text: string): Parsed<Settings> {
  const comments: Comment[] = [];
  const trouble: SyntaxTrouble[] = [];
  let settings: Setting[] = [];
  const sections: Section[] = [{ name: '', header: { start: 0, end: 0 }, settings }];

  let offset = 0;
  for (const line of text.split(/(?<=\n|\r(?!\n))/)) {
    const written = line.trim();
    const start = offset + line.length - line.trimStart().length;
    const end = start + written.length;
    offset += line.length;
    if (written === '') continue;
    if (written.startsWith('#') || written.startsWith(';')) {
      comments.push({ start, end });
    } else if (written.startsWith('[')) {
      const close = written.indexOf(']');
      if (close < 0) trouble.push({ message: 'the section is not ended by "]"', offset: start });
      const name = close < 0 ? written.slice(1) : written.slice(1, close);
      settings = [];
      sections.push({ name: name.trim(), header: { start, end: close < 0 ? end : start + close + 1 }, settings });
    } else {
      settings.push(settingOf(written, start));
    }
  }
  return { tree: { sections }, trouble, comments };
}

/** A key is one word or in double quotes (PgBouncer). PostgreSQL may leave the `=` out; then the first space divides. */
function settingOf(written: string, start: number): Setting {
  const [head = '', quotedKey, bareKey = ''] = /^(?:"([^"]*)"|([^=\s]*))\s*=?\s*/.exec(written) ?? [];
  const key = quotedKey ?? bareKey;
  return {
    key,
    value: written.slice(head.length),
    keyRange: { start, end: start + key.length + (quotedKey === undefined ? 0 : 2) },
    valueRange: { start: start + head.length, end: start + written.length },
  };
}
