import { boolean, choice, defineFact, integer, map, optional, text, texts } from './fact.js';

export const workload = defineFact(
  'workload',
  'A container (or process) that a deployment runs, one fact per container.',
  {
    service: optional(
      choice(
        ['database', 'store', 'pooler', 'machines'],
        'What it is, where the platform runs it as a service of its own: nobody says with which image or command. Machines start what is on their disk.',
      ),
    ),
    unit: text('What is deployed together with it, unique in its deployment: "Deployment/shop/web".'),
    name: text('The name that other workloads and people use.'),
    container: text('Its own name inside the unit.'),
    controller: choice(
      ['replicated', 'stateful', 'daemon', 'job', 'scheduled-job'],
      'What keeps it running: any number of equal instances; numbered instances with their own storage; one per machine; once; by the clock.',
    ),
    placement: choice(['one-host', 'many-hosts'], 'Whether its instances can run on several machines.'),
    zones: optional(integer('Zones of its platform that its instances may run in; absent where that is not told.')),
    audience: choice(['production', 'development', 'test', 'example'], 'What the deployment that holds it is for.'),
    offered: optional(
      boolean(
        'Whether its manifest is there for others to start a copy of their own, or says too little to be what its makers run.',
      ),
    ),
    replicas: integer('Instances that the manifest asks for; the default of the platform where it says nothing.'),
    replicasExplicit: boolean('Whether the manifest says so itself.'),
    strategy: choice(['rolling', 'recreate'], 'How instances are replaced.'),
    surge: integer('Instances beyond `replicas` while they are replaced.'),
    surgePercent: optional(
      integer('The same as a share of the instances there are, where the platform takes a share.'),
    ),
    singleName: boolean(
      'Whether something in the manifest rules out a second instance: a fixed container name, a fixed port of the host.',
    ),
    image: optional(text('The image that it runs.')),
    buildContext: optional(text('Folder that its image is built from, relative to the root.')),
    dockerfile: optional(text('File that its image is built by, relative to the root.')),
    buildTarget: optional(text('Stage of that file.')),
    entrypoint: optional(texts('Words that replace the entry point of the image.')),
    command: optional(texts('Words that replace the command of the image.')),
    workingDirectory: optional(text('Folder that it starts in, inside the container.')),
    mountsCode: optional(boolean('Whether code of the repository is mounted over that of its image.')),
    labels: optional(map('Labels that services and budgets select it by.')),
    environmentSources: optional(
      texts('Names of the sets of variables that it takes over, in order; see environment-variable.'),
    ),
    readinessProbe: choice(['present', 'absent'], 'Whether the platform asks it before it sends requests.'),
    cpuRequest: choice(['present', 'absent'], 'Whether it asks for processor time.'),
    memoryRequest: choice(['present', 'absent'], 'Whether it asks for memory.'),
    memoryLimit: optional(
      integer(
        'Megabytes of 1,048,576 bytes beyond which one of its instances is ended; absent where nothing limits it.',
      ),
    ),
    ports: texts('Ports that it offers, as numbers or names.'),
    elastic: optional(boolean('Whether its platform changes the number of its instances by load where it is told to.')),
    evictable: optional(
      boolean('Whether its platform moves its instances off machines that are serviced, as far as budgets let it.'),
    ),
    grace: optional(
      integer('Seconds between the moment that a process is told to stop and the moment that it is ended anyhow.'),
    ),
    init: optional(boolean('Whether its platform puts a process before it that hands signals on and ends with it.')),
    stopSignal: optional(text('The signal that tells it to stop, where the manifest names one: "SIGQUIT".')),
    published: optional(
      boolean(
        'Whether its manifest opens it to others than its neighbours: a port of the host, labels that a proxy may read.',
      ),
    ),
  },
);
