import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, pairs, string } from '../../parse/yaml/read.js';
import { audienceOfPath } from '../audience.js';
import { dataOfYaml } from '../evaluated-yaml.js';
import { isNothing, itemsOf, memberOf, missing, plain, takenOf, textOf, truthOf, type Data } from '../evaluated.js';
import { intrinsicOf, type Asked } from './intrinsics.js';
import { hostOf } from './hosts.js';
import type { Resource, Template } from './resource.js';

const MOST_RESOURCES = 500;
const MOST_STEPS = 100_000;

/** The templates of a file: one, if any. */
export function templateOf(document: Document<YamlTree>): Template | undefined {
  const root = document.tree.documents.find((node) => isMap(get(node, 'Resources')));
  if (root === undefined) return undefined;
  const resources: Resource[] = [];
  let steps = 0;
  const special = (node: YamlNode, depth: number): Data | undefined => {
    if (steps++ > MOST_STEPS) return missing('more is to be worked out than is done here');
    const asked = intrinsicOf(node);
    return asked === undefined ? undefined : answered(asked, depth);
  };
  const evaluated = (node: YamlNode, depth = 0): Data => dataOfYaml(document, node, special, depth);
  const at = (node: YamlNode): Data['from'] => ({ places: [locate(document, node)], resources: [] });

  const parameter = (name: string, node: YamlNode): Data => {
    const byDefault = get(node, 'Default');
    const allowed = dataOfYaml(document, get(node, 'AllowedValues') ?? node);
    const production = itemsOf(allowed)?.find((one) => /^(?:prod|production|prd|live)$/i.test(textOf(one) ?? ''));
    // What names the environment is production here, whatever whoever only tries it gets.
    if (production !== undefined && /env|stage/i.test(name)) return production;
    if (byDefault === undefined)
      return missing(`whoever deploys it gives ${name}`, { ...at(node), resources: [`Parameter ${name}`] });
    const value = dataOfYaml(document, byDefault);
    return /^CommaDelimitedList|^List</.test(string(get(node, 'Type')) ?? '') ? splitOf(value) : value;
  };
  const referred = (name: string, depth: number): Data => {
    if (name === 'AWS::NoValue') return plain(null);
    const declared = get(root, 'Parameters', name);
    if (declared !== undefined) return parameter(name, declared);
    const resource = get(root, 'Resources', name);
    if (resource === undefined) return missing(`${name} is known once it is deployed`);
    const named = NAMES.map((one) => get(resource, 'Properties', one)).find((one) => one !== undefined);
    const from = { places: [locate(document, resource)], resources: [name] };
    const value = named === undefined || depth > 40 ? undefined : evaluated(named, depth + 1);
    return value !== undefined && textOf(value) !== undefined
      ? takenOf(value, name)
      : missing(`what ${name} is called is known once it is deployed`, from);
  };
  const attribute = (name: string, member: string): Data => {
    const resource = resources.find(({ id }) => id === name) ?? bare(name);
    const host = resource === undefined ? undefined : hostOf(resource, member);
    const from = { places: resource === undefined ? [] : [resource.head], resources: [name] };
    return host === undefined ? missing(`${member} of ${name} is known once it is deployed`, from) : plain(host, from);
  };
  const condition = (name: string, depth: number): Data => {
    const node = get(root, 'Conditions', name);
    return node === undefined || depth > 40
      ? missing(`the condition ${name} is not known`)
      : evaluated(node, depth + 1);
  };
  const answered = (asked: Asked, depth: number): Data =>
    asked({
      evaluate: (node) => evaluated(node, depth + 1),
      condition: (name) => condition(name, depth),
      reference: (name) => referred(name, depth),
      attribute,
      mapped: (map, first, second) => {
        const node = get(root, 'Mappings', map, first, second);
        return node === undefined ? undefined : dataOfYaml(document, node);
      },
    });
  const made = (pair: YamlPair): Resource => {
    const values = new Map<string, Data>();
    const properties = get(pair.value, 'Properties');
    const property = (name: string): Data | undefined => {
      const known = values.get(name);
      const node = get(properties, name);
      if (known !== undefined || node === undefined) return known;
      values.set(name, missing(`${name} refers to itself`));
      const value = evaluated(node);
      values.set(name, value);
      return value;
    };
    return {
      id: pair.key,
      type: string(get(pair.value, 'Type')) ?? '',
      head: locate(document, pair.keyRange),
      unit: `${document.path}: ${pair.key}`,
      audience: audienceOfPath(document.path) ?? 'production',
      get: (...path) =>
        path.slice(1).reduce<Data | undefined>((data, name) => memberOf(data, name), property(path[0] ?? '')),
      template,
    };
  };
  const bare = (id: string): Resource | undefined => {
    const pair = pairs(get(root, 'Resources')).find(({ key }) => key === id);
    return pair === undefined ? undefined : made(pair);
  };
  const globals = get(root, 'Globals', 'Function');
  let outputs: ReadonlyMap<string, Data> | undefined;
  let shared: Data | undefined;
  const template: Template = {
    path: document.path,
    resources,
    get outputs() {
      outputs ??= new Map(
        pairs(get(root, 'Outputs'))
          .slice(0, MOST_RESOURCES)
          .flatMap(({ key, value }) => {
            const told = get(value, 'Value');
            return told === undefined ? [] : [[key, evaluated(told)] as const];
          }),
      );
      return outputs;
    },
    // Only now that there is a template can they name its resources.
    get globals() {
      return globals === undefined ? undefined : (shared ??= evaluated(globals));
    },
  };
  for (const pair of pairs(get(root, 'Resources')).slice(0, MOST_RESOURCES)) {
    const only = string(get(pair.value, 'Condition'));
    if (only !== undefined && truthOf(condition(only, 0)) === false) continue;
    resources.push(made(pair));
  }
  return template;
}

const all = new WeakMap<readonly Document[], readonly Template[]>();

/**
 * The templates of a repository. Where some call others as nested stacks, an older copy of one of these, which nobody
 * calls, says nothing.
 */
export function templatesOf(documents: readonly Document[]): readonly Template[] {
  const found = all.get(documents);
  if (found !== undefined) return found;
  // Only documents of this technology come here.
  const templates = (documents as readonly Document<YamlTree>[]).flatMap((one) => templateOf(one) ?? []);
  const calls = (one: Template): string[] =>
    one.resources
      .filter(({ type }) => type === 'AWS::CloudFormation::Stack')
      .flatMap((stack) => {
        const url = stack.get('TemplateURL');
        const parts = url?.kind === 'unknown' ? (url.parts ?? []) : [textOf(url) ?? ''];
        const last = parts.findLast((part): part is string => typeof part === 'string');
        return last === undefined ? [] : [last.replace(/^.*\//, '')];
      });
  const called = new Set(templates.flatMap(calls));
  const nameOf = ({ path }: Template): string => path.replace(/^.*\//, '');
  const inUse = templates.filter((one) => called.has(nameOf(one)));
  const isCopy = (one: Template): boolean =>
    !inUse.includes(one) && calls(one).length === 0 && inUse.some((other) => resembles(one, other));
  const result = templates.filter((one) => !isCopy(one));
  all.set(documents, result);
  return result;
}

/** More than half of what it makes has the same name and type. */
function resembles(one: Template, other: Template): boolean {
  const made = new Set(other.resources.map(({ id, type }) => `${type} ${id}`));
  const same = one.resources.filter(({ id, type }) => made.has(`${type} ${id}`)).length;
  return same * 2 > one.resources.length;
}

/** Properties by which a reference stands for a resource's own name. */
const NAMES = ['DBInstanceIdentifier', 'DBClusterIdentifier', 'FunctionName', 'ClusterName', 'DBProxyName', 'Name'];

function splitOf(value: Data): Data {
  const text = textOf(value);
  return text === undefined
    ? value
    : { kind: 'list', items: text.split(',').map((one) => plain(one.trim(), value.from)), from: value.from };
}

/** The resource of one of these types that a value is taken of. */
export function taken(data: Data | undefined, { template }: Resource, type: string): Resource | undefined {
  return template.resources.find((one) => one.type === type && data?.from.resources.includes(one.id) === true);
}

export function given(data: Data | undefined): Data | undefined {
  return isNothing(data) ? undefined : data;
}
