import type { Range } from '../../parse/document.js';
import type { GoBlock, GoNode } from '../../parse/go-template/node.js';
import { parseGoTemplate } from '../../parse/go-template/parse.js';
import { createBounds, RenderStop } from './bounds.js';
import { createEvaluator } from './evaluate.js';
import { originOf, piecesOf, stringOf, type Tools } from './formatted.js';
import { assign, assignedIn, frame, type Frame } from './scope.js';
import { partsBetween, type Source } from './source.js';
import {
  holeOf,
  isMarked,
  isTrue,
  NIL,
  numeral,
  plain,
  text,
  UNDECIDED,
  unread,
  withoutMarks,
  type Piece,
  type Value,
} from './value.js';

const MOST_REASONS = 5_000;

/** What is not known, by the numbers that stand for it in texts. What one template makes may be given to another. */
export interface Holes {
  readonly reasons: string[];
  readonly numbers: Map<string, number>;
}

export function holes(): Holes {
  return { reasons: [], numbers: new Map() };
}

/** What is written of a block that nobody knows to be there: that it is not known, the block, or what stands for it otherwise. */
export type OfUndecided = 'mark' | 'body' | 'otherwise';

export interface Renderer {
  render(source: Source, dot: Value): Piece[];
  /** What stands for each number of a hole. */
  readonly reasons: readonly string[];
  /** A template that stands in a text; undefined where it cannot be read. */
  tpl(written: string, dot: Value): string | undefined;
  /** Whether there was a block that nobody knows to be there. */
  readonly metUndecided: () => boolean;
}

interface Scope {
  readonly dot: Value;
  readonly source: Source;
  readonly variables: Frame;
}

/** What ends an iteration before its end. */
type Leave = 'break' | 'continue' | undefined;

/** Renders the templates of a chart by what https://pkg.go.dev/text/template says; nothing but the language itself is carried out. */
export function createRenderer(
  templates: ReadonlyMap<string, Source>,
  { reasons, numbers }: Holes = holes(),
  ofUndecided: OfUndecided = 'mark',
): Renderer {
  let met = false;
  const local = new Map<string, Source>();
  const bounds = createBounds();
  const { step, deeper } = bounds;

  const tools: Tools = {
    hole(reason) {
      let number = numbers.get(reason);
      if (number === undefined) {
        if (reasons.length >= MOST_REASONS) throw new RenderStop('it leaves too much open');
        numbers.set(reason, (number = reasons.length));
        reasons.push(reason);
      }
      return holeOf(number);
    },
    take: bounds.take,
    include(name, dot) {
      const known = stringOf(name, tools);
      const source = local.get(known) ?? templates.get(known);
      if (source === undefined)
        return isMarked(known)
          ? unread('a template whose name is not known')
          : unread(`the template ${known.slice(0, 80)}, which no file here defines`);
      return { kind: 'text', pieces: render(source, dot) };
    },
    tpl(template, dot) {
      const pieces = piecesOf(template, tools);
      const written = plain(pieces);
      if (!written.includes('{{')) return { kind: 'text', pieces };
      tools.take(written.length);
      const { nodes, defined, fault } = parseGoTemplate(written);
      if (fault !== undefined) return unread(`a template in values that cannot be read: ${fault.message}`);
      const place = originOf(template);
      for (const [name, inner] of defined)
        local.set(name, { nodes: inner, text: written, document: undefined, place, pieces });
      return { kind: 'text', pieces: render({ nodes, text: written, document: undefined, place, pieces }, dot) };
    },
  };

  const valueOf = createEvaluator(tools, bounds);

  function render(source: Source, dot: Value): Piece[] {
    const out: Piece[] = [];
    deeper(() => walk(source.nodes, { dot, source, variables: frame(undefined, [['', dot]]) }, out));
    const size = out.reduce((sum, piece) => sum + piece.text.length, 0);
    tools.take(size);
    return out;
  }

  function walk(nodes: readonly GoNode[], scope: Scope, out: Piece[]): Leave {
    for (const node of nodes) {
      step();
      const leave = visit(node, scope, out);
      if (leave !== undefined) return leave;
    }
    return undefined;
  }

  function visit(node: GoNode, scope: Scope, out: Piece[]): Leave {
    switch (node.kind) {
      case 'text': {
        const { document, text: whole, place, pieces } = scope.source;
        if (pieces !== undefined) {
          out.push(...partsBetween(pieces, node.start, node.end));
          return undefined;
        }
        const written = withoutMarks(whole.slice(node.start, node.end));
        const from = document === undefined ? place : { start: node.start, end: node.end, in: document };
        out.push({ text: written, from, exact: document !== undefined });
        return undefined;
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'template': {
        const dot = node.pipeline === undefined ? NIL : valueOf(node.pipeline, scope);
        emit(tools.include(text(node.name), dot), node, scope, out);
        return undefined;
      }
      case 'action': {
        const value = valueOf(node.pipeline, scope);
        if (node.pipeline.variables.length === 0) emit(value, node, scope, out);
        return undefined;
      }
      default: {
        if (node.kind === 'range') return iterate(node, scope, out);
        const inner: Scope = { ...scope, variables: frame(scope.variables) };
        const value = valueOf(node.pipeline, inner);
        const truth = isTrue(value);
        if (truth === undefined) return undecided(node, scope, out);
        const body: Scope = truth && node.kind === 'with' ? { ...inner, dot: value } : inner;
        return deeper(() => walk(truth ? node.body : node.otherwise, body, out));
      }
    }
  }

  function iterate(node: GoBlock, scope: Scope, out: Piece[]): Leave {
    const value = valueOf({ ...node.pipeline, variables: [] }, scope);
    const truth = isTrue(value);
    if (truth === undefined || value.kind === 'unread' || value.kind === 'text') return undecided(node, scope, out);
    if (!truth) return deeper(() => walk(node.otherwise, { ...scope, variables: frame(scope.variables) }, out));
    const entries: (readonly [Value, Value])[] =
      value.kind === 'dict'
        ? [...value.entries]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [text(key, value.places.get(key)), one])
        : value.kind === 'list'
          ? value.items.map((item, i) => [numeral(i), item])
          : value.kind === 'number'
            ? Array.from(
                { length: Math.min(1_000, Math.max(0, value.value)) },
                (_, i) => [numeral(i), numeral(i)] as const,
              )
            : [];
    const [first, second] = node.pipeline.variables;
    for (const [key, item] of entries) {
      const named: [string, Value][] =
        first === undefined
          ? []
          : second === undefined
            ? [[first, item]]
            : [
                [first, key],
                [second, item],
              ];
      const variables = frame(scope.variables, node.pipeline.declares ? named : []);
      if (!node.pipeline.declares) for (const [name, one] of named) assign(scope.variables, name, one);
      const leave = deeper(() => walk(node.body, { ...scope, dot: item, variables }, out));
      if (leave === 'break') break;
    }
    return undefined;
  }

  /** Nobody knows whether this is there: what stands around it is not read, and what it would set is not known. */
  function undecided(node: GoBlock, scope: Scope, out: Piece[]): Leave {
    met = true;
    if (ofUndecided !== 'mark') {
      const dot = node.kind === 'if' ? scope.dot : unread('it depends on something that is not known');
      const inner: Scope = {
        ...scope,
        variables: frame(scope.variables),
        dot: ofUndecided === 'body' ? dot : scope.dot,
      };
      return deeper(() => walk(ofUndecided === 'body' ? node.body : node.otherwise, inner, out));
    }
    for (const name of assignedIn([node]))
      assign(scope.variables, name, unread('set where nobody knows whether it is'));
    out.push({ text: UNDECIDED, from: place(node, scope) });
    return undefined;
  }

  function place(range: Range, { source }: Scope): Range | undefined {
    return source.document === undefined ? source.place : { start: range.start, end: range.end, in: source.document };
  }

  /** A line that others make belongs to where it is asked for, unless it comes from the values. */
  function emit(value: Value, node: Range, scope: Scope, out: Piece[]): void {
    const here = place(node, scope);
    if (value.kind === 'unread') {
      const asked = scope.source.text.slice(node.start, node.end);
      const words = /^\{\{-?\s*(?!include|template)([\w.$ -]{1,80}?)\s*-?\}\}$/.exec(asked)?.[1];
      const reason = words === undefined || value.something === true ? value.reason : `${words} (${value.reason})`;
      out.push({ text: tools.hole(reason), from: here });
      return;
    }
    const pieces = piecesOf(value, tools);
    tools.take(pieces.length);
    const isLine = pieces.every((piece) => !piece.text.includes('\n'));
    for (const piece of pieces) {
      const keeps = piece.from !== undefined && (!isLine || piece.from.in?.language === 'yaml');
      out.push(keeps ? piece : { text: piece.text, from: here });
    }
  }

  return {
    render,
    reasons,
    tpl(written, dot) {
      const made = tools.tpl(text(withoutMarks(written)), dot);
      return made.kind === 'text' ? plain(made.pieces) : undefined;
    },
    metUndecided: () => met,
  };
}
