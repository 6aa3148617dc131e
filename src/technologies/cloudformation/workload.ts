import { stateServer } from '../cloud-server.js';
import { workloadsOf } from '../deployed-unit.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = function* (documents) {
  for (const unit of unitsOf(documents)) yield* workloadsOf(unit);
  for (const server of serversOf(documents)) yield stateServer(server);
};
