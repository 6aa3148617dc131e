import type { Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { pair, place } from '../../parse/yaml/read.js';
import { NODE } from '../node-releases.js';
import { PYTHON } from '../python-releases.js';
import { runtimeOf } from '../release-lines.js';
import { serviceOf, unitOf } from './service.js';

/** `runtime: python39`, `runtime: nodejs16`: https://cloud.google.com/appengine/docs/standard/lifecycle/runtime-schedule */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const service = serviceOf(document);
  const written = service === undefined ? undefined : pair(service.root, 'runtime');
  if (service === undefined || written === undefined) return;
  const location = locate(document, place(written));
  const [, major, minor] = /^python(\d)(\d{1,2})$/.exec(service.runtime) ?? [];
  if (major !== undefined && minor !== undefined)
    yield* runtimeOf(PYTHON, `${major}.${minor}`, location, [], unitOf(document, service));
  const node = /^nodejs(\d{1,2})$/.exec(service.runtime)?.[1];
  if (node !== undefined) yield* runtimeOf(NODE, node, location, [], unitOf(document, service));
}
