import { unknown, type Maybe } from '../location.js';
import type { YamlNode } from '../parse/yaml/node.js';
import { isScalar, number } from '../parse/yaml/read.js';

/** The number that a node says; where there is none, the default. */
export function writtenCount(node: YamlNode | undefined, byDefault: Maybe<number>): Maybe<number> {
  if (!isScalar(node)) return byDefault;
  return number(node) ?? unknown(`not a number here: ${node.text.slice(0, 80)}`);
}
