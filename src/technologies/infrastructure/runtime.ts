import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { runtimeOfImage, type TaggedImages } from '../product-runtime.js';
import { technology } from './index.js';
import { CASSANDRA, ELASTICSEARCH, ENVOY, KAFKA, MONGODB, OPENSEARCH, RABBITMQ, SOLR, ZOOKEEPER } from './releases.js';

const IMAGES: readonly TaggedImages[] = [
  { releases: MONGODB, names: /^mongo(?:db)?$/, makers: /./ },
  { releases: RABBITMQ, names: /^rabbitmq$/, makers: /./ },
  { releases: ELASTICSEARCH, names: /^elasticsearch$/, makers: /./ },
  { releases: OPENSEARCH, names: /^opensearch$/, makers: /./ },
  // Others put the version of Scala first, and Confluent counts its platform.
  { releases: KAFKA, names: /^kafka$/, makers: /^(?:apache|bitnami|bitnamilegacy)$/ },
  { releases: SOLR, names: /^solr$/, makers: /^(?:bitnami|bitnamilegacy)$/ },
  { releases: ENVOY, names: /^envoy(?:-alpine|-distroless|-debug)?$/, makers: /^envoyproxy$/ },
  { releases: ZOOKEEPER, names: /^zookeeper$/, makers: /^(?:bitnami|bitnamilegacy)$/ },
  { releases: CASSANDRA, names: /^cassandra$/, makers: /^(?:bitnami|bitnamilegacy)$/ },
];

/** `mongo:6`, `rabbitmq:3.13-management`, `docker.elastic.co/elasticsearch/elasticsearch:7.17.9`. */
export function* fromProgram(program: Program): Iterable<Stated> {
  yield* runtimeOfImage(program, technology, IMAGES);
}
