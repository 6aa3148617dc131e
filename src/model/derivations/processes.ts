import { appServer } from '../../facts/app-server.js';
import { integer, isKind, type FactOf } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import type { Part } from '../component.js';
import { derived, type Derivation } from '../derivation.js';

export const processes: Derivation<'processes'> = {
  name: 'processes',
  property: integer('Worker processes of one instance.'),
  derive(part) {
    const server = serverOf(part);
    if (server === undefined && part.role === 'job') return derived(1, []);
    if (server === undefined) {
      const why =
        part.role === 'web' ? 'no command that starts a server was found' : 'how many processes it starts is not told';
      return derived<number>(unknown(why));
    }
    const { processes: value, server: name, explicit } = server.properties;
    const count = isUnknown(value)
      ? `an unknown number of processes (${value.unknown})`
      : `${value} ${value === 1 ? 'process' : 'processes'}`;
    return derived(value, [
      {
        message: `${isUnknown(name) ? 'its server' : name} runs ${count} in each instance${explicit === false ? ', its default' : ''}`,
        location: server.location,
      },
    ]);
  },
};

export function serverOf(part: Part): FactOf<typeof appServer> | undefined {
  return part.facts.find((fact) => isKind(appServer, fact));
}
