import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { lineOfTag, runtimeOf, type ReleaseLines } from '../release-lines.js';
import { runningOf } from '../running.js';
import { technology } from './index.js';
import { ELASTICSEARCH, MONGODB, OPENSEARCH, RABBITMQ } from './releases.js';

/** By the last part of the image's name. */
const PRODUCTS: ReadonlyMap<string, ReleaseLines> = new Map([
  ['mongo', MONGODB],
  ['mongodb', MONGODB],
  ['rabbitmq', RABBITMQ],
  ['elasticsearch', ELASTICSEARCH],
  ['opensearch', OPENSEARCH],
]);

/** `mongo:6`, `rabbitmq:3.13-management`, `docker.elastic.co/elasticsearch/elasticsearch:7.17.9`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined || runningOf([technology], program.launch).length === 0) return;
  const releases = PRODUCTS.get(base.name.slice(base.name.lastIndexOf('/') + 1));
  const line = releases === undefined ? undefined : lineOfTag(releases, base.tag);
  if (releases !== undefined && line !== undefined) yield* runtimeOf(releases, line, base.location);
}
