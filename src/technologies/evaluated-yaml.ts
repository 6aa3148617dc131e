import { locate, type Document } from '../parse/document.js';
import type { YamlNode } from '../parse/yaml/node.js';
import { pairs } from '../parse/yaml/read.js';
import { list, mapOf, missing, plain, type Data, type From } from './evaluated.js';

const DEEPEST = 60;

/** What a node of YAML holds, with its places; `special` answers for what is a function of its product. */
export function dataOfYaml(
  document: Document,
  node: YamlNode,
  special: (node: YamlNode, depth: number) => Data | undefined = () => undefined,
  depth = 0,
): Data {
  if (depth > DEEPEST) return missing('nested too deeply');
  const found = special(node, depth);
  if (found !== undefined) return found;
  const from: From = { places: [locate(document, node)], resources: [] };
  if (node.kind === 'scalar') return plain(node.style === 'plain' ? node.value : node.text, from);
  if (node.kind === 'list')
    return list(
      node.items.map((item) => dataOfYaml(document, item, special, depth + 1)),
      from,
    );
  const entries = pairs(node).map(({ key, value }) => [key, dataOfYaml(document, value, special, depth + 1)] as const);
  const [first] = pairs(node);
  // A map is where its first key stands: its whole range is many lines.
  const place = first === undefined ? from : { places: [locate(document, first.keyRange)], resources: [] };
  return mapOf(new Map(entries), place);
}
