import type { Data } from '../evaluated.js';
import type { Resource } from './resource.js';

const TYPE = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** The groups of targets that are named: of the template, or of another one whose output has the name of the parameter. */
export function groupsOf(named: readonly Data[], all: readonly Resource[]): Resource[] {
  const groups = all.filter(({ type }) => type === TYPE);
  const found = named.flatMap((data) => data.from.resources.flatMap((id) => groupCalled(id, data, groups)));
  return [...new Set(found)];
}

function groupCalled(id: string, data: Data, groups: readonly Resource[]): Resource[] {
  if (!id.startsWith('Parameter ')) {
    const uri = data.from.places[0]?.uri;
    return groups.filter((one) => one.id === id && (uri === undefined || one.head.uri === uri));
  }
  const name = id.slice('Parameter '.length);
  const told = groups.filter((one) => one.template.outputs.get(name)?.from.resources.includes(one.id) === true);
  // Two stacks with the same output stand for two systems.
  return told.length === 1 ? told : [];
}
