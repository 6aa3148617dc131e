import type { Range } from '../../parse/document.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { get, isMap, isScalar, items, pairs, place, string } from '../../parse/yaml/read.js';

export interface Label {
  /** In lower case, which Traefik does not look at. */
  readonly key: string;
  readonly value: string;
  readonly place: Range;
}

export interface Labelled {
  readonly service: string;
  readonly labels: readonly Label[];
}

/** Services of a Compose file with the labels that Traefik reads; labels stand in a map or in a list of texts. */
export function labelledServices(root: YamlNode): Labelled[] {
  return pairs(get(root, 'services')).flatMap(({ key: service, value: node }) => {
    const labels = [...labelsIn(get(node, 'labels')), ...labelsIn(get(node, 'deploy', 'labels'))].filter(({ key }) =>
      key.startsWith('traefik.'),
    );
    return labels.length === 0 ? [] : [{ service, labels }];
  });
}

function labelsIn(node: YamlNode | undefined): Label[] {
  if (isMap(node))
    return pairs(node).map((pair) => ({
      key: pair.key.toLowerCase(),
      value: string(pair.value) ?? '',
      place: place(pair),
    }));
  return items(node).flatMap((item): Label[] => {
    if (!isScalar(item)) return [];
    const sign = item.text.indexOf('=');
    const key = sign < 0 ? item.text : item.text.slice(0, sign);
    return [
      { key: key.trim().toLowerCase(), value: sign < 0 ? 'true' : item.text.slice(sign + 1).trim(), place: item },
    ];
  });
}
