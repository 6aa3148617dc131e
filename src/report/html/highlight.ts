import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import conf from 'highlight.js/lib/languages/nginx';
import properties from 'highlight.js/lib/languages/properties';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';

/** A piece of a line in one colour; `kind` is a word of the highlighter, '' for plain text. */
export interface Run {
  readonly text: string;
  readonly kind: string;
}

const LANGUAGES = { bash, dockerfile, ini, javascript, json, properties, conf, python, typescript, yaml };
for (const [name, grammar] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, grammar);

const ENDINGS: readonly (readonly [RegExp, keyof typeof LANGUAGES])[] = [
  [/\.pyi?$/, 'python'],
  [/\.ya?ml(?:\.\w+)?$/, 'yaml'],
  [/(?:^|[/.])(?:dockerfile|containerfile)[^/]*$/, 'dockerfile'],
  [/\.(?:ini|cfg|toml|service)$/, 'ini'],
  [/\.conf(?:\.\w+)?$|\/sites-\w+\/|\/conf\.d\//, 'conf'],
  [/\.[mc]?jsx?$/, 'javascript'],
  [/\.[mc]?tsx?$/, 'typescript'],
  [/\.json$/, 'json'],
  [/\.(?:sh|bash)$/, 'bash'],
  [/(?:^|\/)(?:\.env[^/]*|[^/]*\.(?:env|properties))$/, 'properties'],
];

/** Beyond these a file stands without colours: what a hostile or generated file costs stays bounded. */
const LARGEST_FILE = 60_000;
const LONGEST_LINE = 1_000;

/** The lines of a text in coloured pieces. */
export function highlight(path: string, text: string): readonly (readonly Run[])[] {
  const lines = text.split(/\r\n|\r|\n/);
  const lower = path.toLowerCase();
  const language = ENDINGS.find(([pattern]) => pattern.test(lower))?.[1];
  if (language === undefined || text.length > LARGEST_FILE || lines.some((line) => line.length > LONGEST_LINE))
    return lines.map(plain);
  return inLines(highlighter.highlight(lines.join('\n'), { language, ignoreIllegals: true }).value);
}

function plain(text: string): readonly Run[] {
  return [{ text, kind: '' }];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
const PIECE = /<span class="hljs-(\w+)[^"]*">|<span[^>]*>|<\/span>|&(amp|lt|gt|quot|#x27);|([^<&]+)|[<&]/g;

/** The highlighter gives nested spans with escaped text; what is wanted is text, which is escaped where it is drawn. */
function inLines(spans: string): Run[][] {
  const lines: Run[][] = [[]];
  const open: string[] = [];
  for (const [piece, kind, entity, words] of spans.matchAll(PIECE)) {
    if (piece === '</span>') open.pop();
    else if (piece.startsWith('<span')) open.push(kind ?? '');
    else {
      const text = entity === undefined ? (words ?? piece) : (ENTITIES[entity] ?? piece);
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0) lines.push([]);
        if (part !== '') append(lines.at(-1) ?? [], part, open.findLast((one) => one !== '') ?? '');
      }
    }
  }
  return lines;
}

function append(line: Run[], text: string, kind: string): void {
  const last = line.at(-1);
  if (last?.kind === kind) line[line.length - 1] = { text: last.text + text, kind };
  else line.push({ text, kind });
}
