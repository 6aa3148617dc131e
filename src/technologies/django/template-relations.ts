import type { Program } from '../../link/program.js';
import { lineStarts, positionAt, type Location } from '../../location.js';
import type { Model } from './models.js';
import { renderingsOf, type RenderedList, type Rendering } from './rendered-lists.js';
import { mayBeBrought } from './missing-relations.js';
import { templateTags, type TemplateTag } from './template-tags.js';
import { templateNamed } from './view-templates.js';

/** Relations of the rows of a list that its template reads and its query did not bring. */
export interface TemplateRelations {
  readonly list: RenderedList;
  readonly rendering: Rendering;
  readonly missing: ReadonlyMap<string, TemplateRelation>;
}

export interface TemplateRelation {
  /** From the row on: `product__maker`. */
  readonly path: string;
  /** Whether it or what leads to it is many-valued. */
  readonly many: boolean;
  /** Nothing but its number is wanted. */
  readonly counted: boolean;
  /** As the template writes it. */
  readonly text: string;
  readonly location: Location;
}

/** What a name in a template stands for. */
type Bound =
  | { readonly kind: 'list'; readonly list: RenderedList }
  | Row
  | { readonly kind: 'related'; readonly row: Row; readonly known: string | undefined };

interface Row {
  readonly kind: 'row';
  readonly list: RenderedList;
  readonly model: Model;
  readonly path: readonly string[];
  /** One of the steps is many-valued. */
  readonly many: boolean;
  /** The relation that leads back to where the row came from. */
  readonly known: string | undefined;
}

type Names = ReadonlyMap<string, Bound>;

/** One template to read with what it is given; what its blocks are replaced by stands in templates that extend it. */
interface Reading {
  readonly template: string;
  readonly names: Names;
  readonly replaced: ReadonlySet<string>;
}

/** What a tag opens: names that count to its end, or a part that is not looked at. */
interface Frame {
  readonly ends: string;
  readonly names: Names;
  readonly silent: boolean;
}

const MOST = 40;
const DEEPEST = 40;

export function* templateRelations(program: Program): Iterable<TemplateRelations> {
  for (const rendering of renderingsOf(program)) {
    const lists = [...rendering.lists].filter(([, { rows }]) => !rows.opaque && rows.empty !== true);
    if (lists.length === 0) continue;
    const missing = new Map<RenderedList, Map<string, TemplateRelation>>();
    const waiting: Reading[] = [
      {
        template: rendering.template,
        names: new Map(lists.map(([name, list]) => [name, { kind: 'list', list }])),
        replaced: new Set(),
      },
    ];
    for (let i = 0; i < Math.min(waiting.length, MOST); i++) {
      const next = waiting[i];
      if (next !== undefined) waiting.push(...read(program, next, missing));
    }
    for (const [list, found] of missing) yield { list, rendering, missing: found };
  }
}

/** Reads one template, and tells which others it brings. */
function read(
  program: Program,
  { template, names: given, replaced }: Reading,
  missing: Map<RenderedList, Map<string, TemplateRelation>>,
): Reading[] {
  const path = templateNamed(program, template);
  const text = path === undefined ? undefined : program.inventory.read(path);
  if (path === undefined || text === undefined) return [];
  const tags = program.memo(`django:template-tags ${path}`, () => templateTags(text));
  const others: Reading[] = [];
  const blocks = new Set(replaced);
  const frames: Frame[] = [];
  let parent: string | undefined;
  let names = given;
  let silent = false;
  const open = (ends: string, inner: Names, aside = false): void => {
    frames.push({ ends, names, silent });
    names = inner;
    silent ||= aside;
  };
  const note = (tag: TemplateTag, one: Reached): void => {
    const { list } = one.row;
    const { rows } = list;
    if (rows.brought.has(one.path) || (!one.many && rows.brought.has('*'))) return;
    if (mayBeBrought(program, rows, one.path)) return;
    const found = missing.get(list) ?? new Map<string, TemplateRelation>();
    missing.set(list, found);
    const before = found.get(one.path);
    if (before !== undefined && !(before.counted && !one.counted)) return;
    const { line, column } = positionAt(lineStarts(text), tag.start);
    const region = { startLine: line, startColumn: column, endLine: line, endColumn: column + 2 };
    found.set(one.path, {
      path: one.path,
      many: one.many,
      counted: one.counted,
      text: one.text,
      location: { uri: path, region },
    });
  };
  for (const tag of tags) {
    const closes = frames.at(-1)?.ends === tag.name ? frames.pop() : undefined;
    if (closes !== undefined) {
      ({ names, silent } = closes);
      continue;
    }
    if (frames.length > DEEPEST) break;
    if (!silent)
      for (const { 0: chain } of tag.text.matchAll(/(?<![\w.|])[A-Za-z_][\w.]*/g))
        for (const one of reached(chain, names).steps) note(tag, one);
    switch (tag.name) {
      case 'for':
        open('endfor', inLoop(tag.text, names));
        break;
      case 'with':
        open('endwith', renamed(tag.text, names, names));
        break;
      case 'cache':
        // What is kept is seldom read.
        open('endcache', names, true);
        break;
      case 'block': {
        const [, block = ''] = /^\s*block\s+(\w+)/.exec(tag.text) ?? [];
        open('endblock', names, replaced.has(block));
        blocks.add(block);
        break;
      }
      case 'extends':
        parent ??= firstText(tag);
        break;
      case 'include': {
        const included = firstText(tag);
        if (silent || included === undefined) break;
        const only = /\sonly\s*$/.test(tag.text);
        const inner = renamed(tag.text, names, only ? new Map<string, Bound>() : names);
        if (inner.size > 0) others.push({ template: included, names: inner, replaced: new Set() });
        break;
      }
      default: {
        // `{% best_of orders as order %}`
        const [, name] = tag.kind === 'tag' ? (/\sas\s+(\w+)\s*$/.exec(tag.text) ?? []) : [];
        if (name !== undefined && names.has(name)) names = new Map([...names].filter(([one]) => one !== name));
      }
    }
  }
  if (parent !== undefined) others.push({ template: parent, names: given, replaced: blocks });
  return others;
}

function firstText({ whole }: TemplateTag): string | undefined {
  return /^\s*\w+\s+["']([^"'\n]+)["']/.exec(whole)?.[1];
}

/** `for order in orders`: the names inside. */
function inLoop(text: string, names: Names): Names {
  const [, targets = '', iterated = '', filters = ''] =
    /^\s*for\s+([\w, ]+?)\s+in\s+([\w.]+)(?:\(\))?([^\n]*)/.exec(text) ?? [];
  const inner = new Map(names);
  const given = targets.split(',').map((one) => one.trim());
  for (const one of given) inner.delete(one);
  const [target] = given;
  // A slice may be of a handful.
  if (target === undefined || target === '' || given.length > 1 || /\|\s*slice\b/.test(filters)) return inner;
  const over = reached(iterated, names).end;
  if (over?.kind === 'list') {
    const { list } = over;
    if ((list.rows.most ?? Infinity) > 5)
      inner.set(target, { kind: 'row', list, model: list.rows.model, path: [], many: false, known: undefined });
  } else if (over?.kind === 'related') inner.set(target, { ...over.row, known: over.known });
  return inner;
}

/** `with maker=order.product.maker`, and what an included template is given. */
function renamed(text: string, from: Names, onto: Names): Names {
  const inner = new Map(onto);
  const give = (name: string, chain: string): void => {
    const { end } = reached(chain, from);
    if (end === undefined) inner.delete(name);
    else inner.set(name, end);
  };
  for (const [, name = '', chain = '', slice] of text.matchAll(/(?<![\w.|])(\w+)=([\w.]*)(\|slice\b)?/g))
    give(name, slice === undefined ? chain : '');
  const [, chain, name] = /^\s*with\s+([\w.]+)\s+as\s+(\w+)/.exec(text) ?? [];
  if (chain !== undefined && name !== undefined) give(name, chain);
  return inner;
}

interface Reached {
  readonly row: Row;
  readonly path: string;
  readonly many: boolean;
  readonly counted: boolean;
  readonly text: string;
}

/** What a dotted name of a template leads to, and the relations on the way. */
function reached(chain: string, names: Names): { readonly end: Bound | undefined; readonly steps: readonly Reached[] } {
  const [first = '', ...rest] = chain.split('.');
  const bound = names.get(first);
  const steps: Reached[] = [];
  if (bound === undefined || rest.length === 0) return { end: bound, steps };
  if (bound.kind === 'list') return { end: /^(?:all|object_list)$/.test(rest.join('.')) ? bound : undefined, steps };
  if (bound.kind === 'related') return { end: undefined, steps };
  let row: Row = bound;
  for (const [i, name] of rest.entries()) {
    const relation = row.model.relations.get(name);
    if (relation === undefined || name === row.known) return { end: undefined, steps };
    const path = [...row.path, name];
    const many = row.many || relation.to === 'many';
    const asks = rest[i + 1] ?? '';
    if (relation.to === 'many' && !/^(?:all|count|exists)$/.test(asks)) return { end: undefined, steps };
    steps.push({
      row,
      path: path.join('__'),
      many: many || relation.to === 'generic',
      counted: relation.to === 'many' && row.path.length === 0 && (asks === 'count' || rest[i + 2] === 'count'),
      text: [first, ...rest.slice(0, i + 1)].join('.'),
    });
    if (relation.target === undefined) return { end: undefined, steps };
    row = { ...row, model: relation.target, path, many, known: undefined };
    if (relation.to === 'many')
      return {
        end: rest.length === i + 2 && asks === 'all' ? { kind: 'related', row, known: relation.back } : undefined,
        steps,
      };
  }
  return { end: row, steps };
}
