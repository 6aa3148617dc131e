import { stateServer } from '../cloud-server.js';
import { workloadsOf } from '../deployed-unit.js';
import type { FromDocument } from '../technology.js';
import { serversOf } from './servers.js';
import { unitsOf } from './units.js';

export const fromDocument: FromDocument = function* (document) {
  for (const unit of unitsOf(document)) yield* workloadsOf(unit);
  for (const server of serversOf(document)) yield stateServer(server);
};
