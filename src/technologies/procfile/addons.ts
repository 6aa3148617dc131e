import { unknown, type Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';

/** A server that the platform runs beside the application. */
export interface AddOn {
  readonly name: string;
  readonly node: YamlNode;
  readonly image: string;
  readonly connections?: Maybe<number>;
  /** Variables that it brings, with the scheme of the address in them. */
  readonly variable: string;
  readonly scheme: string;
}

/**
 * Connections by plan: https://devcenter.heroku.com/articles/heroku-postgres-plans. Plans of premium, private and shield
 * have those of standard.
 */
const CONNECTIONS: Readonly<Partial<Record<string, number>>> = {
  ...{
    'hobby-dev': 20,
    'hobby-basic': 20,
    mini: 20,
    basic: 20,
    'essential-0': 20,
    'essential-1': 20,
    'essential-2': 40,
  },
  ...{ '0': 120, '2': 400, '3': 500, '4': 500, '5': 500, '6': 500, '7': 500, '8': 500, '9': 500 },
};

/** `addons` of app.json, and those below `setup` in heroku.yml. */
export function addOnsOf({ tree: { documents } }: Document<YamlTree>): AddOn[] {
  const [root] = documents;
  return [...items(get(root, 'addons')), ...items(get(root, 'setup', 'addons'))].flatMap((node) => {
    const written = string(node) ?? string(get(node, 'plan')) ?? '';
    const alias = string(get(node, 'as'));
    const [service = '', plan] = written.split(':');
    const variable = (usual: string): string => (alias === undefined ? usual : `${alias}_URL`);
    if (service === 'heroku-postgresql') {
      const connections = connectionsOf(plan);
      return [
        { name: service, node, image: 'postgres', connections, variable: variable('DATABASE_URL'), scheme: 'postgres' },
      ];
    }
    if (service === 'heroku-redis' || service === 'heroku-key-value-store')
      return [{ name: service, node, image: 'redis', variable: variable('REDIS_URL'), scheme: 'rediss' }];
    return [];
  });
}

function connectionsOf(plan: string | undefined): Maybe<number> {
  if (plan === undefined) return unknown('which plan is not said');
  const size = /^(?:standard|premium|private|shield)-(\d)$/.exec(plan)?.[1] ?? plan;
  const found = Object.hasOwn(CONNECTIONS, size) ? CONNECTIONS[size] : undefined;
  return found ?? unknown(`the plan ${plan.slice(0, 40)} is not known here`);
}
