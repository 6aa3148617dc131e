import type { Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { place } from '../../parse/yaml/read.js';
import { folderOf } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { functionsOf, unitOf, variablesOf } from './functions.js';

/** The platform starts as many instances of a function as there are requests that the running ones cannot take. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const one of functionsOf(document)) {
    const location = locate(document, place(one.place));
    yield platformWorkload(
      location,
      {
        unit: unitOf(document, one),
        name: one.name,
        replicas: unknown('the platform starts as many instances of the function as there is load for', [10, 1000]),
        rollout: { strategy: 'rolling', surge: unknown('instances of the old version finish what they began') },
        buildContext: folderOf(document.path),
        command: one.language === 'node' ? ['node', one.entry] : ['vercel-handler', one.entry],
        environmentSources: [variablesOf(document)],
        ports: ['$PORT'],
        published: true,
      },
      { command: location },
    );
  }
}
