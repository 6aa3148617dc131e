import { state, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown, type Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { ProcfileTree } from '../../parse/procfile/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { folderOf } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';
import { environmentSet } from './environment-set.js';
import { addOns, containers, formation } from './heroku.js';
import { isJob, unitOf } from './unit.js';

/** One workload for each type of process. How many there are is said on the platform. */
export function* fromDocument(document: Document): Generator<Stated> {
  // The language decides the shape of the tree.
  if (document.language === 'procfile') {
    yield* processes(document as Document<ProcfileTree>);
    return;
  }
  const described = document as Document<YamlTree>;
  if (document.path.endsWith('app.json')) {
    yield* formation(described);
    yield* addOns(described, false);
  } else {
    yield* containers(described);
    yield* addOns(described, true);
  }
}

function* processes(document: Document<ProcfileTree>): Generator<Stated> {
  const { entries } = document.tree;
  const isDesk = entries.some(({ type, command }) => WATCHES.test(type) || WATCHES.test(command));
  const audience = isDesk ? 'development' : audienceOf(document.path);
  for (const { type, typeRange, command, commandRange } of entries) {
    const location = locate(document, command === '' ? typeRange : commandRange);
    yield stateProcess(document, type, location, command, audience);
  }
}

/** What only somebody who writes code starts beside the rest. A platform starts no containers of its own. */
const WATCHES =
  /(?:^|[\s:_-])watch(?:[\s:_-]|$)|\s--(?:reload|watch)\b|^docker(?:-compose|\s{1,9}compose|\s{1,9}run)\b/;

function stateProcess(
  document: Document,
  type: string,
  location: Location,
  command: string,
  audience: Audience,
): Stated {
  const folder = folderOf(document.path);
  const once = isJob(type);
  return state(workload, location, {
    unit: unitOf(document.path, type),
    name: type,
    container: type,
    controller: once ? 'job' : 'replicated',
    placement: 'many-hosts',
    audience,
    replicas: once ? 1 : unknown('the number of processes of the platform is not in the repository'),
    replicasExplicit: false,
    strategy: once ? 'recreate' : 'rolling',
    // Old processes stop before the new ones start, unless the platform was told otherwise.
    surge: 0,
    singleName: false,
    // The platform runs the line in a shell.
    command: ['sh', '-c', command],
    buildContext: folder,
    environmentSources: [environmentSet(document)],
    // The platform sends requests once the port is open, and the size of its machines is always a choice.
    readinessProbe: type === 'web' ? 'present' : 'absent',
    cpuRequest: 'present',
    memoryRequest: 'present',
    ports: type === 'web' ? ['$PORT'] : [],
  });
}

/** `Procfile.dev` is what a developer starts at once. */
function audienceOf(path: string): Audience {
  return (
    audienceOfPath(path) ??
    (/Procfile\.(?:win\w*|tilt|hivemind|overmind|watch)$/i.test(path) ? 'development' : 'production')
  );
}
