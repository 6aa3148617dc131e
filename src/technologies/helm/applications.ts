import { language } from '../../parse/yaml/index.js';
import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, items, string } from '../../parse/yaml/read.js';
import { joinPath } from '../../repository-path.js';
import { fromYaml } from './from-yaml.js';
import { isForProduction, type Reading, type Release, valueOnPath, writtenValue } from './release.js';
import type { Dict } from './value.js';
import { valuesIn } from './values.js';

const KIND = /^[ \t]{0,8}kind:[ \t]{1,9}["']?(?:Application|ApplicationSet|HelmRelease)\b/m;
const MOST_FILES = 500;

/** Charts that objects in a cluster ask to have installed: those of Argo CD and Flux. */
export function applicationReleases(reading: Reading): Release[] {
  const { inventory, documents, charts } = reading;
  if (charts.size === 0) return [];
  const paths = inventory.files
    .map(({ path }) => path)
    .filter((path) => /\.ya?ml$/.test(path) && !path.includes('/templates/') && KIND.test(inventory.read(path) ?? ''));
  return paths.slice(0, MOST_FILES).flatMap((path) => {
    const document = documents.get<YamlTree>(path, 'yaml');
    if (document === undefined || document.tree.template) return [];
    return document.tree.documents.flatMap((node) => {
      const kind = string(get(node, 'kind'));
      if (kind === 'HelmRelease') return helmRelease(node, document, reading) ?? [];
      const spec = kind === 'ApplicationSet' ? get(node, 'spec', 'template', 'spec') : get(node, 'spec');
      return kind === 'Application' || kind === 'ApplicationSet' ? application(node, spec, document, reading) : [];
    });
  });
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function application(node: YamlNode, spec: YamlNode | undefined, document: Document, reading: Reading): Release[] {
  const sources = [get(spec, 'source'), ...items(get(spec, 'sources'))].flatMap((one) => one ?? []);
  return sources.flatMap((source): Release[] => {
    const chart = joinPath('', string(get(source, 'path')) ?? '');
    if (string(get(source, 'path')) === undefined || !reading.charts.has(chart)) return [];
    const helm = get(source, 'helm');
    const files = items(get(helm, 'valueFiles')).flatMap((one) => fileOf(string(one) ?? '', chart, reading) ?? []);
    const parameters = items(get(helm, 'parameters')).flatMap((one) => {
      const [name, value] = [string(get(one, 'name')), string(get(one, 'value'))];
      return name === undefined || value === undefined ? [] : (valueOnPath(name, writtenValue(value)) ?? []);
    });
    const written = string(get(node, 'metadata', 'name')) ?? '';
    const namespace = string(get(spec, 'destination', 'namespace'));
    const name = string(get(helm, 'releaseName')) ?? written;
    return [
      {
        name: name.includes('{{') || name === '' ? (reading.charts.get(chart)?.name ?? name) : name,
        chart,
        namespace: namespace?.includes('{{') === true ? undefined : namespace,
        layers: [
          ...files.map((file) => valuesIn(file, reading.documents)),
          ...insideOf(get(helm, 'values'), document),
          ...insideOf(get(helm, 'valuesObject'), document),
          ...parameters,
        ],
        files,
        path: document.path,
        production: isForProduction([document.path, written, namespace ?? '', ...files].join(' ')),
        installed: true,
      },
    ];
  });
}

/** https://fluxcd.io/flux/components/helm/helmreleases/ */
function helmRelease(node: YamlNode, document: Document, reading: Reading): Release | undefined {
  const written = string(get(node, 'spec', 'chart', 'spec', 'chart'));
  const chart = joinPath('', written ?? '');
  const name = string(get(node, 'spec', 'releaseName')) ?? string(get(node, 'metadata', 'name'));
  if (written === undefined || name === undefined || !reading.charts.has(chart)) return undefined;
  const files = items(get(node, 'spec', 'chart', 'spec', 'valuesFiles')).flatMap((one) => {
    const file = joinPath('', string(one) ?? '');
    return reading.inventory.has(file) ? [file] : [];
  });
  const namespace = string(get(node, 'spec', 'targetNamespace')) ?? string(get(node, 'metadata', 'namespace'));
  return {
    name,
    chart,
    namespace,
    layers: [
      ...files.map((file) => valuesIn(file, reading.documents)),
      ...insideOf(get(node, 'spec', 'values'), document),
    ],
    files,
    path: document.path,
    production: isForProduction([document.path, namespace ?? '', ...files].join(' ')),
    installed: true,
  };
}

/** Files are named from the chart's folder, `/` is the root of the repository, `$values` that of another source, often the same. */
function fileOf(written: string, chart: string, { inventory }: Reading): string | undefined {
  const path = written.startsWith('$')
    ? joinPath('', written.slice(written.indexOf('/') + 1))
    : joinPath(written.startsWith('/') ? '' : chart, written);
  if (inventory.has(path)) return path;
  const [before, after, ...more] = path.split(/\{\{[^}]{0,100}\}\}/);
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  const fits = inventory.files
    .map((one) => one.path)
    .filter(
      (one) => one.startsWith(before) && one.endsWith(after) && isForProduction(one.slice(before.length)) === true,
    );
  return fits.length === 1 ? fits[0] : undefined;
}

/** Values that stand in the object: as a map, or as a text that is YAML. */
function insideOf(node: YamlNode | undefined, document: Document): Dict[] {
  if (node === undefined) return [];
  if (isMap(node)) {
    const value = fromYaml(node, document);
    return value.kind === 'dict' ? [value] : [];
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return [];
  // A literal block is read where it stands, so that its values have places.
  const literal = node.style === 'literal' && node.bodyStart !== undefined;
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  const text =
    literal && node.bodyStart !== undefined
      ? blank(document.text.slice(0, node.bodyStart)) + document.text.slice(node.bodyStart, node.end)
      : node.value;
  const { tree, trouble } = language.parse(text, 'values.yaml');
  const [inner] = tree.documents;
  const value = inner === undefined || trouble.length > 0 ? undefined : fromYaml(inner, literal ? document : undefined);
  return value?.kind === 'dict' ? [value] : [];
}
