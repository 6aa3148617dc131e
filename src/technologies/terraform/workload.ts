import { stateServer } from '../cloud-server.js';
import { workloadsOf } from '../deployed-unit.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = function* (documents, inventory) {
  for (const unit of unitsOf(documents, inventory)) yield* workloadsOf(unit);
  for (const server of serversOf(documents, inventory)) yield stateServer(server);
};
