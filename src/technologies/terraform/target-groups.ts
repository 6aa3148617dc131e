import type { DeployedProbe, Zones } from '../deployed-unit.js';
import { maybeText, textOf, truthOf, type Data } from '../evaluated.js';
import { knownText, referred, setAt, type Applied } from './resources.js';
import type { View } from './view.js';

const TYPES = ['aws_lb_target_group', 'aws_alb_target_group'] as const;

export function groupOf(named: Data | undefined, near: Applied): Applied | undefined {
  return referred(named, near, ...TYPES);
}

export function isGroup({ type }: Applied): boolean {
  return (TYPES as readonly string[]).includes(type);
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group: by HTTP it asks `/` where no path is given. */
export function probesOfGroup(
  { view }: Applied,
  container: string,
  port: string,
  purpose: DeployedProbe['purpose'],
): DeployedProbe[] {
  const [check] = view.blocks('health_check');
  if (check !== undefined && truthOf(check.get('enabled')) === false) return [];
  const protocol = knownText(check, 'protocol') ?? knownText(view, 'protocol') ?? 'HTTP';
  const asked = textOf(check?.get('port')) ?? 'traffic-port';
  const path = check?.get('path');
  return [
    {
      ...{ container, purpose },
      port: asked === 'traffic-port' ? port : asked,
      path: /^https?$/i.test(protocol) ? (path === undefined ? '/' : maybeText(path)) : undefined,
      location: check === undefined ? view.at() : path === undefined ? check.at() : setAt(check, 'path'),
    },
  ];
}

/** A subnet lies in one zone: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html */
export function zonesOf(view: View | undefined, name: string): Zones | undefined {
  const count = view?.written(name);
  // Of several subnets two may lie in the same zone.
  return view === undefined || count !== 1 ? undefined : { count, location: view.at(name) };
}
