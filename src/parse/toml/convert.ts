import type { AST } from 'toml-eslint-parser';
import type { Range } from '../document.js';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from '../yaml/node.js';

export const EMPTY: YamlMap = { kind: 'map', pairs: [], start: 0, end: 0 };

/** A map while it is filled: tables of one file are written in pieces, and found again by their names. */
interface Filled extends YamlMap {
  readonly pairs: YamlPair[];
}
type Names = WeakMap<YamlMap, Map<string, YamlPair>>;

/** The plain data of a file, with the places where its keys and values are written. */
export function convert(program: AST.TOMLProgram, text: string): YamlMap {
  const root = empty({ start: 0, end: text.length });
  const names: Names = new WeakMap();
  for (const item of program.body[0].body) {
    if (item.type === 'TOMLKeyValue') assign(root, item, text, names);
    else fill(tableOf(root, item, names), item.body, text, names);
  }
  return root;
}

function empty(range: Range): Filled {
  return { kind: 'map', pairs: [], ...range };
}

function fill(table: Filled, body: readonly AST.TOMLKeyValue[], text: string, names: Names): void {
  for (const one of body) assign(table, one, text, names);
}

function assign(table: Filled, { key, value }: AST.TOMLKeyValue, text: string, names: Names): void {
  const last = key.keys.at(-1);
  if (last === undefined) return;
  put(descend(table, key.keys.slice(0, -1), names), last, valueOf(value, text, names), names);
}

function put(holder: Filled, key: Key, value: YamlNode, names: Names): void {
  const pair = { key: nameOf(key), keyRange: rangeOf(key), value };
  holder.pairs.push(pair);
  const known = names.get(holder) ?? new Map<string, YamlPair>();
  known.set(pair.key, pair);
  names.set(holder, known);
}

/** The map that `[a.b]` opens, or a new entry of the list that `[[a.b]]` stands for. */
function tableOf(root: Filled, table: AST.TOMLTable, names: Names): Filled {
  const { keys } = table.key;
  const last = keys.at(-1);
  if (last === undefined) return root;
  const holder = descend(root, keys.slice(0, -1), names);
  if (table.kind !== 'array') return child(holder, last, names);
  const entry = empty(rangeOf(last));
  const there = names.get(holder)?.get(nameOf(last))?.value;
  // Every list that a header can speak of was made below.
  if (there?.kind === 'list') (there.items as YamlNode[]).push(entry);
  else put(holder, last, { kind: 'list', items: [entry], ...rangeOf(last) }, names);
  return entry;
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

function descend(from: Filled, keys: readonly Key[], names: Names): Filled {
  return keys.reduce((holder, key) => child(holder, key, names), from);
}

/** The map under a key; of a list its newest entry, which is what later headers speak of. */
function child(holder: Filled, key: Key, names: Names): Filled {
  const there = names.get(holder)?.get(nameOf(key))?.value;
  const newest = there?.kind === 'list' ? there.items.at(-1) : there;
  // Every map here was made as one that is filled.
  if (newest?.kind === 'map') return newest as Filled;
  const made = empty(rangeOf(key));
  put(holder, key, made, names);
  return made;
}

function nameOf(key: Key): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function rangeOf({ range: [start, end] }: { readonly range: readonly [number, number] }): Range {
  return { start, end };
}

function valueOf(node: AST.TOMLContentNode, text: string, names: Names): YamlNode {
  if (node.type === 'TOMLArray')
    return { kind: 'list', items: node.elements.map((one) => valueOf(one, text, names)), ...rangeOf(node) };
  if (node.type !== 'TOMLInlineTable') return scalarOf(node, text);
  const table = empty(rangeOf(node));
  fill(table, node.body, text, names);
  return table;
}

function scalarOf(node: AST.TOMLValue, text: string): YamlScalar {
  const range = rangeOf(node);
  if (node.kind === 'string') return { kind: 'scalar', value: node.value, text: node.value, style: 'quoted', ...range };
  const written = text.slice(range.start, range.end);
  const value =
    node.kind === 'integer' || node.kind === 'float' ? node.value : node.kind === 'boolean' ? node.value : written;
  return { kind: 'scalar', value, text: written.replaceAll('_', ''), style: 'plain', ...range };
}
