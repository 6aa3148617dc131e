import { lineStarts, positionAt, regionAt, type Location } from '../location.js';

/** A comment that asks for silence. */
export interface Directive {
  /** `region` is ESLint's: from the comment on, to the one that ends it. */
  readonly scope: 'line' | 'next' | 'file' | 'region';
  /** Whether it is written in ESLint's words, and so for ESLint as well. */
  readonly eslint: boolean;
  /** As written. */
  readonly ids: readonly string[];
  /** Empty where none is given. */
  readonly reason: string;
  readonly location: Location;
  /** Lines whose results it speaks of; none for a file's or a region's. */
  readonly lines: readonly number[];
  /** For a region: the comments that end it, by id. */
  readonly ends: ReadonlyMap<string, Location>;
}

/** A file's own directive stands in its head, where a reader meets it. */
const HEAD = 20;
/** Longer lines and longer lists were not written by a person; without these bounds a hostile file would cost hours. */
const LONGEST_CODE = 2000;
const MOST_DIRECTIVES = 1000;
/** How far above a line the comments that belong to it may begin. */
const COMMENT_LINES = 10;

const MARKER = /\b(?:scalecard-ignore(-file)?|eslint-(?:disable(-next-line|-line)?|enable))(?=[\s:]|$)/g;
const IDS = /^\s+([\w/@-]+(?:\s*,\s*[\w/@-]+)*)\s*/;
/** What may stand before a directive: the opening of a comment in any language that we read. */
const OPENED = /(?:#|\/\/|;|--|\/\*|\{#-?|<!--|<%#|\{\{!(?:--)?|\{\{-?\s*\/\*|^\s*\*)\s*$/;
const CLOSED = /\s*(?:\*\/\s*-?\}\}|\*\/|-->|-?#\}|(?:--)?\}\}|%>)\s*$/;
const COMMENT_ONLY = /^\s*(?:#|\/\/|;|--(?!-)|\/\*|\*(?:\s|\/|$)|\{#|<!--|<%#|\{\{!|\{\{-?\s*\/\*)/;

/** Finds the directives of a text by their words, whatever its language; comments decide, so text in code is not one. */
export function directives(text: string, uri: string): Directive[] {
  if (!text.includes('scalecard')) return [];
  const starts = lineStarts(text);
  const lines = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  const found: Directive[] = [];
  /** The regions that no comment has ended yet, by id. */
  const open = new Map<string, Map<string, Location>[]>();
  for (const match of text.matchAll(MARKER)) {
    const { line } = positionAt(starts, match.index);
    const start = starts[line - 1] ?? 0;
    if (match.index - start > LONGEST_CODE || found.length >= MOST_DIRECTIVES) continue;
    const before = text.slice(start, match.index);
    const opened = OPENED.exec(before);
    if (opened === null) continue;
    const whole = (lines[line - 1] ?? '').trimEnd();
    const body = whole.slice(match.index - start + match[0].length).replace(CLOSED, '');
    const location = { uri, region: regionAt(starts, start + opened.index + leading(opened[0]), start + whole.length) };
    if (match[0] === 'eslint-enable') {
      end(open, split(IDS.exec(body)?.[1]), location);
      continue;
    }
    const eslint = match[0].startsWith('eslint');
    const written = eslint ? fromEslint(body) : fromOurs(body);
    if (written === undefined) continue;
    const scope = eslint ? ESLINT_SCOPES[match[2] ?? ''] : match[1] !== undefined ? 'file' : 'line';
    if (scope === undefined || (scope === 'file' && line > HEAD)) continue;
    const ends = new Map<string, Location>();
    if (scope === 'region') for (const id of written.ids) open.set(id, [...(open.get(id) ?? []), ends]);
    found.push({ scope, eslint, ...written, location, lines: spoken(), ends });

    function spoken(): number[] {
      if (scope === 'next') return [line + 1];
      if (scope !== 'line') return [];
      return eslint ? [line] : linesOf(lines, line, before.slice(0, opened?.index));
    }
  }
  return found;
}

const ESLINT_SCOPES: Readonly<Record<string, Directive['scope']>> = {
  '': 'region',
  '-line': 'line',
  '-next-line': 'next',
};

/** `eslint-enable` ends the regions of the ids that it names, or of all. */
function end(open: Map<string, Map<string, Location>[]>, ids: readonly string[], location: Location): void {
  for (const id of ids.every((one) => one === '') ? [...open.keys()] : ids) {
    for (const ends of open.get(id) ?? []) ends.set(id, location);
    open.delete(id);
  }
}

function leading(text: string): number {
  return text.length - text.trimStart().length;
}

/** Behind code: that line. Alone on a line: that line and the first below that is no comment. */
function linesOf(lines: readonly string[], line: number, code: string): number[] {
  if (code.trim() !== '') return [line];
  let next = line + 1;
  while (next - line < COMMENT_LINES && COMMENT_ONLY.test(lines[next - 1] ?? '')) next++;
  return [line, next];
}

/** `rule-id, other-id: reason`. Without an id at all it is prose about the directive. */
function fromOurs(body: string): { ids: string[]; reason: string } | undefined {
  const ids = IDS.exec(body);
  if (ids === null) return undefined;
  const rest = body.slice(ids[0].length);
  return { ids: split(ids[1]), reason: rest.startsWith(':') ? rest.slice(1).trim() : '' };
}

/** `scalecard/rule-id, other/rule -- reason`, as ESLint writes it; only our own rules are taken from the list. */
function fromEslint(body: string): { ids: string[]; reason: string } | undefined {
  const ids = split(IDS.exec(body)?.[1]).filter((id) => id.startsWith('scalecard/'));
  if (ids.length === 0) return undefined;
  return { ids, reason: /\s-{2,}\s+(.*)$/.exec(body)?.[1]?.trim() ?? '' };
}

function split(list: string | undefined): string[] {
  return (list ?? '').split(',').map((id) => id.trim());
}
