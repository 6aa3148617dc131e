import type { Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, pairs } from '../../parse/yaml/read.js';
import type { Embedded } from '../technology.js';
import { objectsOf } from './objects.js';

/** Files that ConfigMaps hold. Only literal blocks: in a folded or quoted one the text of the file is not the text that counts. */
export function* embedded(document: Document): Generator<Embedded> {
  // Only documents of this technology come here, and those are YAML.
  for (const object of objectsOf(document as Document<YamlTree>)) {
    if (object.kind !== 'ConfigMap' || object.group !== '') continue;
    for (const { key, value } of pairs(get(object.node, 'data'))) {
      if (value.kind !== 'scalar' || value.style !== 'literal' || value.bodyStart === undefined) continue;
      const { bodyStart, end } = value;
      const outer = value.in ?? document;
      // Most entries are read by nobody, and each text is as long as the whole file.
      const entry = {
        name: key,
        path: outer.path,
        get text() {
          return blanked(outer.text, bodyStart, end);
        },
      };
      yield entry;
    }
  }
}

function blanked(text: string, start: number, end: number): string {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}
