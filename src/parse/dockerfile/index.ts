import type { Comment, Language, SyntaxTrouble } from '../document.js';
import { TEMPLATE, templateMark } from '../template-mark.js';
import type { DockerfileTree, DockerfileWord, Flag, Instruction } from './instruction.js';
import { logicalLines, offsetIn, type LogicalLine } from './lines.js';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const MOST_TROUBLE = 20;

export const language: Language<DockerfileTree> = {
  id: 'dockerfile',
  title: 'Dockerfile',
  parse(text, path) {
    const trouble: SyntaxTrouble[] = [];
    const comments: Comment[] = [];
    const template = templateMark(text, path);
    if (template !== undefined) {
      trouble.push({ message: TEMPLATE, offset: template });
      return { tree: { instructions: [], escape: '\\' }, trouble, comments };
    }
    const escape = escapeOf(text);
    const instructions: Instruction[] = [];
    for (const line of logicalLines(text, escape, comments)) {
      const instruction = instructionOf(line, escape);
      if (KEYWORDS.has(instruction.keyword)) instructions.push(instruction);
      else if (trouble.length < MOST_TROUBLE) {
        trouble.push({
          message: `no instruction of a Dockerfile: ${instruction.keyword.slice(0, 40)}`,
          offset: line.start,
        });
      }
    }
    return { tree: { instructions, escape }, trouble, comments };
  },
};

/** Directives are comments before everything else. */
function escapeOf(text: string): string {
  for (const line of text.slice(0, 2_000).split('\n')) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line);
    if (directive === null) break;
    if (directive[1]?.toLowerCase() === 'escape' && directive[2] === '`') return '`';
  }
  return '\\';
}

function instructionOf(line: LogicalLine, escape: string): Instruction {
  let [, keyword = '', blanks = ''] = /^(\S*)(\s*)/.exec(line.text) ?? [];
  let at = keyword.length + blanks.length;
  const onbuild = keyword.toUpperCase() === 'ONBUILD';
  if (onbuild) {
    [, keyword = '', blanks = ''] = /^(\S*)(\s*)/.exec(line.text.slice(at)) ?? [];
    at += keyword.length + blanks.length;
  }
  const flags: Flag[] = [];
  for (;;) {
    const match = /^--([A-Za-z][\w-]*)(?:=(\S*))?(?:\s+|$)/.exec(line.text.slice(at, at + 1_000));
    if (match === null) break;
    const [whole, name = '', value = ''] = match;
    flags.push({ name, value, start: offsetIn(line, at), end: offsetIn(line, at + whole.trimEnd().length) });
    at += whole.length;
  }
  const text = line.text.slice(at).trimEnd();
  return {
    keyword: keyword.toUpperCase(),
    onbuild,
    flags,
    text,
    words: split(line, at, text, escape),
    json: strings(line, at, text),
    start: line.start,
    end: line.end,
  };
}

function split(line: LogicalLine, from: number, text: string, escape: string): DockerfileWord[] {
  const words: DockerfileWord[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let quote = '';
    for (; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === escape && quote !== "'") at++;
      else if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      else if (/\s/.test(character)) break;
    }
    at = Math.min(at, text.length);
    words.push({
      text: text.slice(start, at),
      start: offsetIn(line, from + start),
      end: offsetIn(line, from + at - 1) + 1,
    });
  }
  return words;
}

function strings(line: LogicalLine, from: number, text: string): DockerfileWord[] | undefined {
  if (!text.startsWith('[')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || !values.every((value): value is string => typeof value === 'string')) return undefined;
  const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)];
  return values.map((value, index) => {
    const start = places[index]?.index ?? 0;
    const length = places[index]?.[0].length ?? 1;
    return { text: value, start: offsetIn(line, from + start), end: offsetIn(line, from + start + length - 1) + 1 };
  });
}
