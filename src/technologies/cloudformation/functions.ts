import { unknown } from '../../location.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { onDemand, type DeployedUnit, type DeployedVariable } from '../deployed-unit.js';
import { functionCommand, LEAST_MEMORY, MOST_AT_ONCE } from '../function-concurrency.js';
import { itemsOf, maybeText, memberOf, textOf, type Data } from '../evaluated.js';
import { countOf, imageOf, limitOf, placeOf } from '../task-containers.js';
import type { Resource } from './resource.js';

export function isFunction({ type }: Resource): boolean {
  return type === 'AWS::Lambda::Function' || type === 'AWS::Serverless::Function';
}

/** An instance for each request under way, as many as are reserved or the account allows. What SAM's `Globals` say counts for all. */
export function functionUnit(resource: Resource): DeployedUnit {
  const { template, head } = resource;
  const isServerless = resource.type === 'AWS::Serverless::Function';
  const get = (name: string): Data | undefined =>
    resource.get(name) ?? (isServerless ? memberOf(template.globals, name) : undefined);
  const reserved = countOf(get('ReservedConcurrentExecutions'), MOST_AT_ONCE);
  const isBound = reserved.at !== undefined;
  const name = textOf(get('FunctionName')) ?? resource.id;
  const image = get('ImageUri') ?? resource.get('Code', 'ImageUri');
  const source = isServerless ? textOf(get('CodeUri')) : undefined;
  return {
    unit: resource.unit,
    name,
    audience: resource.audience,
    controller: 'replicated',
    head,
    replicas: unknown('one for each request that is under way'),
    replicasAt: undefined,
    scaled: {
      location: reserved.at ?? head,
      minimum: onDemand(0, reserved.value),
      maximum: reserved.value,
      inherent: true,
      bound: isBound ? 'written' : 'account',
      ...(isBound ? {} : { by: 'nothing is reserved, so the limit of the account counts:' }),
    },
    containers: [
      {
        name,
        location: head,
        ...(image === undefined ? {} : { image: imageOf(image), imageAt: placeOf(image) ?? head }),
        ...(source === undefined || /^\w+:\/\//.test(source)
          ? {}
          : { buildContext: joinPath(folderOf(template.path), source) }),
        ...functionCommand(textOf(get('Handler')), textOf(get('Runtime'))),
        commandAt: placeOf(get('Handler')) ?? head,
        variables: [
          ...(isServerless
            ? variablesOf(memberOf(memberOf(template.globals, 'Environment'), 'Variables'), resource)
            : []),
          ...variablesOf(resource.get('Environment', 'Variables'), resource),
        ],
        open: [],
        ports: isAsked(resource) ? ['443'] : [],
        ...{ probed: true, cpu: true, memory: true, mounts: [] },
        limit: limitOf(get('MemorySize')) ?? { megabytes: LEAST_MEMORY, location: head },
      },
    ],
  };
}

/** Whether requests come to it: by an API or an address of its own. What streams, queues and clocks start answers nobody. */
function isAsked(resource: Resource): boolean {
  const events = itemsOf(resource.get('Events')) ?? [];
  if (events.some((one) => /^(?:Api|HttpApi)$/.test(textOf(memberOf(one, 'Type')) ?? ''))) return true;
  if (resource.get('FunctionUrlConfig') !== undefined) return true;
  return resource.template.resources.some(
    (one) =>
      (one.type === 'AWS::Lambda::Url' &&
        one.get('TargetFunctionArn')?.from.resources.includes(resource.id) === true) ||
      (one.type === 'AWS::Lambda::Permission' &&
        one.get('FunctionName')?.from.resources.includes(resource.id) === true &&
        /^(?:apigateway|elasticloadbalancing)\.amazonaws\.com$/.test(textOf(one.get('Principal')) ?? '')),
  );
}

function variablesOf(data: Data | undefined, { head }: Resource): DeployedVariable[] {
  if (data?.kind !== 'map') return [];
  return [...data.entries].map(([name, value]) => ({
    name,
    value: maybeText(value),
    location: placeOf(value) ?? head,
  }));
}
