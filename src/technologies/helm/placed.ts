import type { Range } from '../../parse/document.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { filled, type Piece } from './value.js';

type Places = (start: number, end: number) => Range & { readonly exact: boolean };

/** Leads from offsets of a text to the places of the pieces it is made of. */
export function placesOf(pieces: readonly Piece[]): Places {
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

/** A node of a text that was put together, at the places it comes from. Holes are filled by their reasons, or stay where there are none. */
export function placed(
  node: YamlNode,
  at: At,
  reasons: readonly string[] | undefined,
  done = new Map<YamlNode, YamlNode>(),
): YamlNode {
  const before = done.get(node);
  if (before !== undefined) return before;
  const fill = (text: string): string => (reasons === undefined ? text : filled(text, reasons));
  let result: YamlNode;
  if (node.kind === 'scalar') {
    const { bodyStart, ...rest } = node;
    const place = at(node);
    const text = fill(node.text);
    result = {
      ...rest,
      ...only(place),
      text,
      value: typeof node.value === 'string' ? fill(node.value) : node.value,
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
      key: fill(key),
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
