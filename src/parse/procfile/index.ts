import type { Comment, Language, Range, SyntaxTrouble } from '../document.js';
import { TEMPLATE, templateMark } from '../template-mark.js';

export interface ProcfileTree {
  readonly entries: readonly {
    readonly type: string;
    readonly typeRange: Range;
    readonly command: string;
    readonly commandRange: Range;
  }[];
}

export const language: Language<ProcfileTree> = {
  id: 'procfile',
  title: 'Procfile',
  parse(text, path) {
    const entries: ProcfileTree['entries'][number][] = [];
    const trouble: SyntaxTrouble[] = [];
    const comments: Comment[] = [];
    const template = templateMark(text, path);
    if (template !== undefined) {
      return { tree: { entries }, trouble: [{ message: TEMPLATE, offset: template }], comments };
    }
    let at = 0;
    for (const line of text.split('\n')) {
      const match = /^([\w-]+):[ \t]*(.*?)\s*$/.exec(line);
      const first = line.search(/\S/);
      if (match !== null) {
        const [, type = '', command = ''] = match;
        const start = at + line.indexOf(command, type.length + 1);
        const commandRange = { start, end: start + command.length };
        entries.push({ type, typeRange: { start: at, end: at + type.length }, command, commandRange });
      } else if (first >= 0 && line.charAt(first) === '#')
        comments.push({ start: at + first, end: at + line.trimEnd().length });
      else if (first >= 0 && trouble.length === 0)
        trouble.push({ message: 'a line that is no "type: command"', offset: at + first });
      at += line.length + 1;
    }
    return { tree: { entries }, trouble, comments };
  },
};
