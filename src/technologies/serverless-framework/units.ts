import { unknown, type Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, isMap, pairs, string } from '../../parse/yaml/read.js';
import { folderOf } from '../../repository-path.js';
import { audienceOfPath } from '../audience.js';
import { onDemand, type DeployedUnit, type DeployedVariable } from '../deployed-unit.js';
import { dataOfYaml } from '../evaluated-yaml.js';
import { maybeText, missing, textOf, type Data } from '../evaluated.js';
import { functionCommand, MOST_AT_ONCE } from '../function-concurrency.js';
import { countOf, limitOf, placeOf } from '../task-containers.js';

const known = new WeakMap<Document, readonly DeployedUnit[]>();

/** The functions of a service: https://www.serverless.com/framework/docs/providers/aws/guide/functions */
export function unitsOf(document: Document): readonly DeployedUnit[] {
  const found = known.get(document);
  if (found !== undefined) return found;
  const { tree } = document as Document<YamlTree>;
  const root = tree.documents.find((node) => isMap(get(node, 'provider')));
  // Functions of other clouds have other rules.
  const isAmazon = /^aws$/.test(string(get(root, 'provider', 'name')) ?? 'aws');
  const functions = root === undefined || !isAmazon ? [] : pairs(get(root, 'functions'));
  const units = functions.map(({ key, keyRange, value }) =>
    unitOf(document, root, key, locate(document, keyRange), value),
  );
  known.set(document, units);
  return units;
}

function unitOf(
  document: Document,
  root: YamlNode | undefined,
  name: string,
  head: Location,
  node: YamlNode,
): DeployedUnit {
  const data = (found: YamlNode | undefined): Data | undefined =>
    found === undefined ? undefined : evaluated(document, root, found, 0);
  const reserved = countOf(data(get(node, 'reservedConcurrency')), MOST_AT_ONCE);
  const handler = data(get(node, 'handler'));
  const runtime = data(get(node, 'runtime') ?? get(root, 'provider', 'runtime'));
  const service = string(get(root, 'service')) ?? string(get(root, 'service', 'name'));
  return {
    unit: `${document.path}: ${name}`,
    name: service === undefined ? name : `${service}-${name}`,
    audience: audienceOfPath(document.path) ?? 'production',
    controller: 'replicated',
    head,
    replicas: unknown('one for each request that is under way'),
    replicasAt: undefined,
    scaled: {
      location: reserved.at ?? head,
      minimum: onDemand(0, reserved.value),
      maximum: reserved.value,
      inherent: true,
      bound: reserved.at === undefined ? 'account' : 'written',
      ...(reserved.at === undefined ? { by: 'nothing is reserved, so the limit of the account counts:' } : {}),
    },
    containers: [
      {
        name,
        location: head,
        buildContext: folderOf(document.path),
        ...functionCommand(textOf(handler), textOf(runtime)),
        commandAt: placeOf(handler) ?? head,
        variables: [
          ...variablesOf(data(get(root, 'provider', 'environment')), head),
          ...variablesOf(data(get(node, 'environment')), head),
        ],
        open: [],
        ports: [],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
        // https://www.serverless.com/framework/docs/providers/aws/guide/functions: 1024 where nothing is said.
        limit: limitOf(data(get(node, 'memorySize') ?? get(root, 'provider', 'memorySize'))) ?? {
          megabytes: 1_024,
          location: head,
        },
      },
    ],
  };
}

function variablesOf(data: Data | undefined, head: Location): DeployedVariable[] {
  if (data?.kind !== 'map') return [];
  return [...data.entries].map(([name, value]) => ({
    name,
    value: maybeText(value),
    location: placeOf(value) ?? head,
  }));
}

const DEEPEST = 8;

/** `${self:custom.size}` is what stands there, and `${opt:stage, 'dev'}` is left to whoever deploys it. */
function evaluated(document: Document, root: YamlNode | undefined, node: YamlNode, depth: number): Data {
  return dataOfYaml(document, node, (one) => {
    const text = one.kind === 'scalar' ? string(one) : undefined;
    if (text?.includes('${') !== true) return undefined;
    const from = { places: [locate(document, one)], resources: [] };
    const path = /^\$\{self:([\w.-]{1,200})\}$/.exec(text)?.[1];
    const target = path === undefined ? undefined : get(root, ...path.split('.'));
    if (target !== undefined && target !== one && depth < DEEPEST) return evaluated(document, root, target, depth + 1);
    return missing(`filled in when it is deployed: ${text.slice(0, 80)}`, from);
  });
}
