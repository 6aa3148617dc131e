import { state, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import type { FromDocuments } from '../technology.js';
import { workloadsOf } from '../deployed-unit.js';
import { serversOf } from './servers.js';
import { unitsOf } from './units.js';

export const fromDocuments: FromDocuments = function* (documents, inventory) {
  for (const unit of unitsOf(documents, inventory)) yield* workloadsOf(unit);
  for (const server of serversOf(documents, inventory)) yield stateServer(server);
};

function stateServer(server: ReturnType<typeof serversOf>[number]): Stated {
  return state(workload, server.head, {
    service: server.service,
    unit: server.unit,
    name: server.name,
    container: server.product,
    controller: 'stateful',
    placement: 'many-hosts',
    audience: server.audience,
    replicas: 1,
    replicasExplicit: false,
    ...{ strategy: 'rolling', surge: 0, singleName: false },
    ...{ readinessProbe: 'present', cpuRequest: 'present', memoryRequest: 'present' },
    ports: [],
  });
}
