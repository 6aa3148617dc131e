import type { Document, Range } from '../../parse/document.js';
import { language } from '../../parse/yaml/index.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, string } from '../../parse/yaml/read.js';
import { filled, plain, UNDECIDED, type Piece } from './value.js';

export interface Rendered {
  readonly nodes: readonly YamlNode[];
  /** The text of those that are given. */
  readonly text: string;
  /** What is left out, a phrase for each. */
  readonly left: readonly string[];
}

/** The objects of one rendered template, each node at the place that wrote it or set its value. */
export function renderedObjects(pieces: readonly Piece[], source: Document, reasons: readonly string[]): Rendered {
  const whole = plain(pieces);
  const places = placesOf(pieces);
  const nodes: YamlNode[] = [];
  const left: string[] = [];
  let kept = '';
  for (const [start, end] of documentsIn(whole)) {
    const text = whole.slice(start, end);
    if (!/^[ \t]{0,40}["']?kind["']?:/m.test(text)) continue;
    const name = `${/^kind:[ \t]{0,9}(\S{1,60})/m.exec(text)?.[1] ?? 'an object'} in ${source.path.replace(/^.*\/(?=templates\/)/, '')}`;
    if (text.includes(UNDECIDED)) {
      left.push(`${filled(name, reasons)} (whether a part of it is there is not known)`);
      continue;
    }
    const { tree, trouble } = language.parse(text, 'rendered.yaml');
    const [fault] = trouble;
    if (fault !== undefined || tree.template) {
      left.push(`${filled(name, reasons)} (${fault?.message ?? 'a template'})`);
      continue;
    }
    for (const node of tree.documents) {
      if (!isMap(node) || isTest(node)) continue;
      nodes.push(placed(node, (range) => places(range.start + start, range.end + start), reasons));
      kept += `${text}\n`;
    }
  }
  return { nodes, text: kept, left };
}

/** From where to where the documents of a text go. */
function* documentsIn(text: string): Generator<[number, number]> {
  let start = 0;
  for (const match of text.matchAll(/^---[^\n]*$/gm)) {
    yield [start, match.index];
    start = match.index + match[0].length;
  }
  yield [start, text.length];
}

/** What only `helm test` starts, https://helm.sh/docs/topics/chart_tests/. */
function isTest(node: YamlNode): boolean {
  return /\btest/.test(string(get(node, 'metadata', 'annotations', 'helm.sh/hook')) ?? '');
}

type Places = (start: number, end: number) => Range & { readonly exact: boolean };

function placesOf(pieces: readonly Piece[]): Places {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const indexAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return (start, end) => {
    const [first, last] = [indexAt(start), indexAt(Math.max(start, end - 1))];
    let chosen = first;
    // Of a text made of several parts the value tells more than the quotes around it.
    for (let at = first; at <= last && at < first + 20; at++) {
      if (pieces[at]?.from?.in?.language !== 'yaml') continue;
      chosen = at;
      break;
    }
    while (pieces[chosen]?.from === undefined && chosen < last) chosen++;
    const piece = pieces[chosen];
    if (piece?.from === undefined) return { start: 0, end: 0, exact: false };
    const { from } = piece;
    if (piece.exact !== true) return { ...from, exact: false };
    const begin = starts[chosen] ?? 0;
    const from0 = from.start + Math.max(0, start - begin);
    const until = Math.min(piece.text.length, end - begin);
    return {
      start: from0,
      end: Math.max(from0, from.start + until),
      in: from.in,
      exact: chosen === last,
    } as ReturnType<Places>;
  };
}

type At = (range: Range) => ReturnType<Places>;

function placed(node: YamlNode, at: At, reasons: readonly string[], done = new Map<YamlNode, YamlNode>()): YamlNode {
  const before = done.get(node);
  if (before !== undefined) return before;
  let result: YamlNode;
  if (node.kind === 'scalar') {
    const { bodyStart, ...rest } = node;
    const place = at(node);
    const text = filled(node.text, reasons);
    result = {
      ...rest,
      ...only(place),
      text,
      value: typeof node.value === 'string' ? filled(node.value, reasons) : node.value,
    };
    // A file inside is read where it is written, which needs all of it in one place.
    const body = bodyStart === undefined ? undefined : at({ start: bodyStart, end: node.end });
    if (body?.exact === true)
      result = { ...result, start: Math.min(place.start, body.start), end: body.end, bodyStart: body.start };
  } else if (node.kind === 'list') {
    result = {
      ...node,
      ...only(beginning(node, at)),
      items: node.items.map((item) => placed(item, at, reasons, done)),
    };
  } else {
    const pairs = node.pairs.map(({ key, keyRange, value }) => ({
      key: filled(key, reasons),
      keyRange: only(at(keyRange)),
      value: placed(value, at, reasons, done),
    }));
    result = { ...node, ...only(beginning(node, at)), pairs };
  }
  done.set(node, result);
  return result;
}

/** A collection stands where it begins. */
function beginning(node: YamlNode, at: At): ReturnType<Places> {
  return at({ start: node.start, end: node.start + 1 });
}

function only({ start, end, in: document }: Range): Range {
  return document === undefined ? { start, end } : { start, end, in: document };
}
