import type { Document } from '../../parse/document.js';
import { language } from '../../parse/yaml/index.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, string } from '../../parse/yaml/read.js';
import { placed, placesOf } from './placed.js';
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
