import { isMap, isScalar, isSeq, type Document, type LineCounter, type ParsedNode } from 'yaml';
import type { Location, Region } from '../location.js';
import { escapePointer } from './pointer.js';

/** Where every key and every list entry of a YAML document stands, by JSON pointer; '' is the document itself. */
export function positions(document: Document.Parsed, lines: LineCounter, uri: string): Map<string, Location> {
  const places = new Map<string, Location>([['', { uri, region: regionOf(lines, 0, 0) }]]);
  if (document.contents !== null) visit(document.contents, '');
  return places;

  function visit(node: ParsedNode | null, pointer: string): void {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        const inner = `${pointer}/${escapePointer(name)}`;
        places.set(inner, { uri, region: regionOf(lines, key.range[0], key.range[1]) });
        visit(value, inner);
      }
    } else if (isSeq<ParsedNode>(node)) {
      for (const [index, item] of node.items.entries()) {
        const inner = `${pointer}/${index}`;
        places.set(inner, { uri, region: regionOf(lines, item.range[0], item.range[1]) });
        visit(item, inner);
      }
    }
  }
}

export function regionOf(lines: LineCounter, start: number, end: number): Region {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start, end));
  // A counter that has seen no line yet says 0:0.
  return {
    startLine: Math.max(1, from.line),
    startColumn: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}
