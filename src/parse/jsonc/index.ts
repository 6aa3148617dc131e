import type { Comment, Language } from '../document.js';
import type { YamlTree } from '../yaml/node.js';
import { language as yaml } from '../yaml/index.js';

/** JSON that people write by hand, with comments: without these it is YAML. */
export const language: Language<YamlTree> = {
  id: 'jsonc',
  title: 'JSON with comments',
  parse(text, path) {
    const comments = commentsOf(text);
    const { tree, trouble } = yaml.parse(blanked(text, comments), path);
    return { tree, trouble, comments };
  },
};

/** Comments, and no texts that look like them: each letter is looked at once. */
function commentsOf(text: string): Comment[] {
  const found: Comment[] = [];
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i);
    if (letter === '"') {
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) if (text.charAt(i) === '\\') i++;
      continue;
    }
    const opened = letter === '#' ? '#' : text.slice(i, i + 2);
    if (opened !== '#' && opened !== '//' && opened !== '/*') continue;
    const end = opened === '/*' ? text.indexOf('*/', i + 2) + 2 : text.indexOf('\n', i);
    const until = end < i + 1 ? text.length : end;
    found.push({ start: i, end: until });
    i = until - 1;
  }
  return found;
}

/** Of the same length, so that places are those of the file. */
function blanked(text: string, comments: readonly Comment[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of comments) {
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('').replace(/\t/g, ' ');
}
