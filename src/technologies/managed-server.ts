import { unknown, type Location, type Maybe } from '../location.js';
import type { StatedOf } from '../facts/fact.js';
import type { workload } from '../facts/workload.js';
import { platformWorkload } from './platform-process.js';

/** A server that a platform runs for an application, as it would be described if it ran in a container. */
export interface ManagedServer {
  readonly unit: string;
  /** The host name that the application uses. */
  readonly name: string;
  /** The image that would run it: `postgres:16`, `redis`. */
  readonly image: string;
  readonly offered?: boolean;
  /** Connections that its plan allows; undefined for what is no relational database. */
  readonly connections?: Maybe<number>;
  /** Where the plan is chosen. */
  readonly plan: Location;
}

/** The plan decides how many connections there are and how memory is used, as options of the command line would. */
export function managedServer(location: Location, server: ManagedServer): StatedOf<typeof workload> {
  const { unit, name, image, offered, connections, plan } = server;
  const limit = typeof connections === 'number' ? String(connections) : 'as many as its plan allows';
  return platformWorkload(
    location,
    {
      unit,
      name,
      image,
      controller: 'stateful',
      replicas: 1,
      environmentSources: [],
      ports: [],
      published: false,
      ...(offered === undefined ? {} : { offered }),
      ...(connections === undefined
        ? {}
        : { command: ['-c', `max_connections=${limit}`, '-c', 'shared_buffers=chosen by the platform'] }),
    },
    connections === undefined ? {} : { command: [plan, plan, plan, plan] },
  );
}

/** The address of such a server in a variable: all but its password is known. */
export function addressOf(scheme: string, host: string, database: string): Maybe<string> {
  return unknown('the platform fills in the address when it deploys', [
    `${scheme}://user:password@${host}/${database}`,
  ]);
}
