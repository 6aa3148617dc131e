import type { Comment, Language, SyntaxTrouble } from '../document.js';
import { TEMPLATE, templateMark } from '../template-mark.js';
import type { DotenvEntry, DotenvTree } from './entry.js';

const MOST_TROUBLE = 20;
const ESCAPES: Partial<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

export const language: Language<DotenvTree> = {
  id: 'dotenv',
  title: 'Environment file',
  parse(text, path) {
    const entries: DotenvEntry[] = [];
    const trouble: SyntaxTrouble[] = [];
    const comments: Comment[] = [];
    const template = templateMark(text, path);
    if (template !== undefined) {
      return { tree: { entries }, trouble: [{ message: TEMPLATE, offset: template }], comments };
    }
    let at = 0;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const stop = newline < 0 ? text.length : newline;
      const line = text.slice(at, stop).replace(/\r$/, '');
      const match = /^(\s*(?:export\s+)?)([A-Za-z_][\w.-]*)(\s*=[ \t]*)/.exec(line);
      const first = line.search(/\S/);
      if (match !== null) {
        const [whole, before = '', name = ''] = match;
        const nameStart = at + before.length;
        const read = value(text, at + whole.length, at + line.length, comments);
        entries.push({ name, nameRange: { start: nameStart, end: nameStart + name.length }, ...read.entry });
        const next = text.indexOf('\n', read.end);
        at = next < 0 ? text.length : next + 1;
        continue;
      }
      if (first >= 0 && line.charAt(first) === '#') comments.push({ start: at + first, end: at + line.length });
      // A name alone takes its value over from outside: that says nothing about the value.
      else if (first >= 0 && !/^\s*(?:export\s+)?[A-Za-z_]\w*\s*$/.test(line) && trouble.length < MOST_TROUBLE) {
        trouble.push({ message: 'a line that is no NAME=value', offset: at + first });
      }
      at = stop + 1;
    }
    return { tree: { entries }, trouble, comments };
  },
};

type Value = Pick<DotenvEntry, 'value' | 'valueRange' | 'quotes'>;

function value(text: string, start: number, lineEnd: number, comments: Comment[]): { entry: Value; end: number } {
  const quote = text.charAt(start);
  if ((quote === '"' || quote === "'") && start < lineEnd) {
    const end = closing(text, start, quote);
    if (end !== undefined) {
      const inside = text.slice(start + 1, end);
      const entry: Value = {
        value: quote === '"' ? unescape(inside) : inside,
        valueRange: { start, end: end + 1 },
        quotes: quote === '"' ? 'double' : 'single',
      };
      return { entry, end: end + 1 };
    }
  }
  const line = text.slice(start, lineEnd);
  const comment = /(?:^|\s)#/.exec(line);
  if (comment !== null) comments.push({ start: start + comment.index + comment[0].length - 1, end: lineEnd });
  const bare = (comment === null ? line : line.slice(0, comment.index)).trimEnd();
  return { entry: { value: bare, valueRange: { start, end: start + bare.length }, quotes: 'none' }, end: lineEnd };
}

/** Quoted values may go over several lines; an apostrophe that nothing closes on its line is a plain character. */
function closing(text: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quote === '"') at++;
    else if (character === quote) return at;
    // The next assignment begins: whatever this was, it is no quoted value.
    else if (character === '\n' && /^(?:export\s+)?[A-Za-z_]\w*=/.test(text.slice(at + 1, at + 80))) return undefined;
  }
  return undefined;
}

function unescape(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_, character: string) => ESCAPES[character] ?? character);
}
