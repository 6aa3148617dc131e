import { connectionLimit } from '../../facts/connection-limit.js';
import { state } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';

export const fromDocuments: FromDocuments = function* (documents, inventory) {
  for (const { unit, limit, pool } of serversOf(documents, inventory)) {
    if (limit !== undefined) {
      const { clients, reserved, explicit, setting, location } = limit;
      yield state(connectionLimit, location, { side: 'server', clients, reserved, explicit, setting, unit });
    }
    if (pool !== undefined) {
      yield state(connectionLimit, pool.location, {
        side: 'pooler',
        clients: unknown('its makers name no number of clients that it accepts'),
        reserved: 0,
        explicit: false,
        setting: 'max_connections_percent',
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
        poolMode: 'transaction',
        poolSize: pool.size,
        upstream: pool.upstream,
        unit,
      });
    }
  }
};
