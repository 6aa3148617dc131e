import type { Inventory } from '../../discover/inventory.js';
import { get, pairs, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import type { Chart } from './charts.js';
import { filesObject } from './files.js';
import { dict, flag, list, numeral, text, withoutMarks, type Dict, type Value } from './value.js';

/** Groups and kinds that every cluster has, as `helm template` assumes where it sees none. */
const BUILT_IN =
  /^(?:v1|(?:admissionregistration\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io|apps|authentication\.k8s\.io|authorization\.k8s\.io|batch|certificates\.k8s\.io|coordination\.k8s\.io|discovery\.k8s\.io|events\.k8s\.io|networking\.k8s\.io|node\.k8s\.io|policy|rbac\.authorization\.k8s\.io|scheduling\.k8s\.io|storage\.k8s\.io)\/v1|autoscaling\/v[12])(?:\/|$)/;

const KUBERNETES = 'v1.34.0';

export interface Asked {
  readonly chart: Chart;
  readonly values: Dict;
  /** The name under which it is installed. */
  readonly release: string;
  readonly template: string;
  readonly namespace: string;
}

/** https://helm.sh/docs/chart_template_guide/builtin_objects/ */
export function builtInObjects({ chart, values, release, template, namespace }: Asked, inventory: Inventory): Value {
  const version = dict([
    ['Version', text(KUBERNETES)],
    ['GitVersion', text(KUBERNETES)],
    ['Major', text('1')],
    ['Minor', text('34')],
  ]);
  const has: Value = {
    kind: 'method',
    call: ([name]) => flag(name?.kind === 'text' && BUILT_IN.test(name.pieces.map((piece) => piece.text).join(''))),
  };
  return dict([
    ['Values', values],
    ['Chart', metadataOf(chart)],
    [
      'Release',
      dict([
        ['Name', text(withoutMarks(release))],
        ['Namespace', text(withoutMarks(namespace))],
        ['Service', text('Helm')],
        ['Revision', numeral(1)],
        ['IsInstall', flag(true)],
        ['IsUpgrade', flag(false)],
      ]),
    ],
    [
      'Capabilities',
      dict([
        ['KubeVersion', version],
        ['APIVersions', dict([['Has', has]])],
        ['HelmVersion', dict([['Version', text('v3.19.0')]])],
      ]),
    ],
    [
      'Template',
      dict([
        ['Name', text(template)],
        ['BasePath', text(joinPath(chart.folder, 'templates'))],
      ]),
    ],
    ['Files', filesObject(chart, inventory)],
    ['Subcharts', dict()],
  ]);
}

/** What Chart.yaml says, under the names that Go has for it. */
function metadataOf({ node, name }: Chart): Dict {
  const entries = pairs(node).flatMap(({ key, value }): [string, Value][] => {
    const written = string(value);
    return written === undefined ? [] : [[key.charAt(0).toUpperCase() + key.slice(1), text(withoutMarks(written))]];
  });
  const result = dict([...entries, ['Name', text(withoutMarks(name))], ['IsRoot', flag(true)]]);
  const annotations = pairs(get(node, 'annotations')).map(
    ({ key, value }) => [key, text(withoutMarks(string(value) ?? ''))] as const,
  );
  result.entries.set('Annotations', dict(annotations));
  result.entries.set('Keywords', list([]));
  return result;
}
