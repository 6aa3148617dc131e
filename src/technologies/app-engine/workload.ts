import type { Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlPair, YamlTree } from '../../parse/yaml/node.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { writtenCount } from '../written-count.js';
import { memoryOf } from './memory.js';
import { serviceOf, unitOf, variablesOf, type Service } from './service.js';

export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const service = serviceOf(document);
  if (service === undefined) return;
  const { root, name } = service;
  const manual = pair(get(root, 'manual_scaling'), 'instances');
  const entry = pair(root, 'entrypoint');
  const line = string(entry?.value) ?? string(get(entry?.value, 'shell'));
  const at: YamlPair | undefined = manual ?? pair(root, 'service') ?? pair(root, 'runtime');
  const memory = memoryOf(document, service);
  yield platformWorkload(
    locate(document, at === undefined ? root : place(at)),
    {
      unit: unitOf(document, service),
      name,
      replicas:
        manual === undefined
          ? unknown('the platform starts as many as there is load for')
          : writtenCount(manual.value, 1),
      explicit: manual !== undefined,
      // A new version runs beside the old one until traffic has moved.
      rollout: { strategy: 'rolling', surge: unknown('a new version runs beside the old one until traffic has moved') },
      ...builtFrom(document, service),
      ...commandOf(service, line),
      environmentSources: [variablesOf(document, service)],
      ports: ['$PORT'],
      published: true,
      memoryLimit: memory?.limit,
    },
    {
      ...(entry === undefined || line === undefined ? {} : { command: locate(document, place(entry)) }),
      ...(memory === undefined ? {} : { memoryLimit: memory.location }),
    },
  );
}

/** The platform starts Node.js by its script where nobody says how. */
function commandOf({ runtime }: Service, line: string | undefined): { command?: readonly string[] } {
  if (line !== undefined) return { command: ['sh', '-c', line] };
  return runtime.startsWith('nodejs') ? { command: ['npm', 'start'] } : {};
}

function builtFrom(document: Document, { runtime }: Service): { buildContext: string; dockerfile?: Maybe<string> } {
  const buildContext = folderOf(document.path);
  return runtime === 'custom' ? { buildContext, dockerfile: joinPath(buildContext, 'Dockerfile') } : { buildContext };
}
