import { boolean, choice, defineFact, text } from './fact.js';

export const volume = defineFact(
  'volume',
  'A folder of a workload that outlives its container or comes from outside.',
  {
    unit: text('The unit that mounts it, as in workload.'),
    container: text('The container that mounts it.'),
    source: text('Its name: a claim, a named volume, a path of the host or of the repository.'),
    origin: choice(
      ['claim', 'claim-per-instance', 'named', 'host-path', 'repository', 'configuration', 'scratch'],
      'A claim on cluster storage; one per instance; a named volume of one machine; a path of the machine; a folder of the repository; a ConfigMap or Secret; memory or emptied on restart.',
    ),
    path: text('Where it is mounted in the container.'),
    readOnly: boolean('Whether the workload can write there.'),
  },
);
