import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/mongodb. Lines between major ones are made for the makers' own cloud: `mongo:7` is 7.0, https://hub.docker.com/_/mongo. */
export const MONGODB: ReleaseLines = {
  product: 'MongoDB',
  source: 'https://www.mongodb.com/legal/support-policy',
  asOf: '2026-08-22',
  moveTo: '8.0',
  lines: [
    { line: '8.3', ends: '2029-10-31' },
    { line: '8.2', ends: '2026-07-31' },
    { line: '8.1', ends: '2025-09-30', between: true },
    { line: '8.0', ends: '2029-10-31' },
    { line: '7.3', ends: '2024-10-02', between: true },
    { line: '7.2', ends: '2024-03-27', between: true },
    { line: '7.1', ends: '2024-01-23', between: true },
    { line: '7.0', ends: '2027-08-31' },
    { line: '6.3', ends: '2023-08-31', between: true },
    { line: '6.2', ends: '2023-04-24', between: true },
    { line: '6.1', ends: '2023-02-09', between: true },
    { line: '6.0', ends: '2025-07-31' },
    { line: '5.3', ends: '2022-07-19', between: true },
    { line: '5.2', ends: '2022-03-23', between: true },
    { line: '5.1', ends: '2022-01-19', between: true },
    { line: '5.0', ends: '2024-10-31' },
    { line: '4.4', ends: '2024-02-29' },
    { line: '4.2', ends: '2023-04-30' },
    { line: '4.0', ends: '2022-04-30' },
    { line: '3.6', ends: '2021-04-30' },
    { line: '3.4', ends: '2020-01-31' },
  ],
};

/** Read in the collection of https://endoflife.date/rabbitmq: what is mended for everybody, without a contract. */
export const RABBITMQ: ReleaseLines = {
  product: 'RabbitMQ',
  source: 'https://www.rabbitmq.com/release-information',
  asOf: '2026-08-22',
  lines: [
    { line: '4.3' },
    { line: '4.2', ends: '2026-07-31' },
    { line: '4.1', ends: '2026-01-30' },
    { line: '4.0', ends: '2025-04-15' },
    { line: '3.13', ends: '2024-09-17' },
    { line: '3.12', ends: '2024-02-21' },
    { line: '3.11', ends: '2023-06-01' },
    { line: '3.10', ends: '2022-09-28' },
    { line: '3.9', ends: '2023-01-31' },
    { line: '3.8', ends: '2022-07-31' },
    { line: '3.7', ends: '2020-09-30' },
    { line: '3.6', ends: '2018-05-31' },
  ],
};

/** Read in the collection of https://endoflife.date/elasticsearch. */
export const ELASTICSEARCH: ReleaseLines = {
  product: 'Elasticsearch',
  source: 'https://www.elastic.co/support_policy',
  asOf: '2026-08-22',
  lines: [
    { line: '9.5' },
    { line: '9.4' },
    { line: '9.3', ends: '2026-08-04' },
    { line: '9.2', ends: '2026-05-05' },
    { line: '9.1', ends: '2026-02-03' },
    { line: '8.19', ends: '2027-07-15' },
    { line: '8.18', ends: '2025-10-21' },
    { line: '9.0', ends: '2025-10-23' },
    { line: '8.17', ends: '2025-08-12' },
    { line: '8.16', ends: '2025-04-15' },
    { line: '7', ends: '2026-01-15' },
    { line: '6', ends: '2022-02-10' },
  ],
};

/** Read in the collection of https://endoflife.date/opensearch. */
export const OPENSEARCH: ReleaseLines = {
  product: 'OpenSearch',
  source: 'https://www.opensearch.org/releases.html',
  asOf: '2026-08-22',
  lines: [{ line: '3' }, { line: '2' }, { line: '1', ends: '2025-05-06' }],
};

/** Read in the collection of https://endoflife.date/apache-kafka. */
export const KAFKA: ReleaseLines = {
  product: 'Apache Kafka',
  source: 'https://kafka.apache.org/community/downloads/',
  asOf: '2026-08-22',
  lines: [
    { line: '4.3' },
    { line: '4.2' },
    { line: '4.1' },
    { line: '4.0' },
    { line: '3.9' },
    { line: '3.8', ends: '2024-11-06' },
    { line: '3.7', ends: '2024-07-26' },
    { line: '3.6', ends: '2024-02-27' },
    { line: '3.5', ends: '2023-10-03' },
    { line: '3.4', ends: '2023-06-13' },
    { line: '3.3', ends: '2023-02-06' },
    { line: '3.2', ends: '2022-09-28' },
    { line: '3.1', ends: '2022-09-19' },
    { line: '3.0', ends: '2022-09-19' },
    { line: '2.8', ends: '2022-09-19' },
    { line: '2.7', ends: '2021-11-15' },
    { line: '2.6', ends: '2021-11-15' },
    { line: '2.5', ends: '2020-08-10' },
    { line: '2.4', ends: '2020-04-15' },
    { line: '2.3', ends: '2019-12-16' },
    { line: '2.2', ends: '2019-12-01' },
    { line: '2.1', ends: '2019-03-22' },
    { line: '2.0', ends: '2018-11-20' },
    { line: '1.1', ends: '2018-07-30' },
    { line: '1.0', ends: '2018-07-08' },
  ],
};

/** Read in the collection of https://endoflife.date/solr; before version 5 there was no server of its own. */
export const SOLR: ReleaseLines = {
  product: 'Apache Solr',
  source: 'https://solr.apache.org/downloads.html',
  asOf: '2026-08-22',
  lines: [
    { line: '10' },
    { line: '9' },
    { line: '8', ends: '2024-10-25' },
    { line: '7', ends: '2022-05-11' },
    { line: '6', ends: '2019-03-13' },
    { line: '5', ends: '2017-10-24' },
  ],
};

/** Read in the collection of https://endoflife.date/envoy. */
export const ENVOY: ReleaseLines = {
  product: 'Envoy',
  source: 'https://github.com/envoyproxy/envoy/blob/main/RELEASES.md',
  asOf: '2026-08-22',
  lines: [
    { line: '1.39', ends: '2027-07-14' },
    { line: '1.38', ends: '2027-04-23' },
    { line: '1.37', ends: '2027-01-13' },
    { line: '1.36', ends: '2026-10-14' },
    { line: '1.35', ends: '2026-07-23' },
    { line: '1.34', ends: '2026-04-15' },
    { line: '1.33', ends: '2026-01-14' },
    { line: '1.32', ends: '2025-10-15' },
    { line: '1.31', ends: '2025-07-19' },
    { line: '1.30', ends: '2025-04-16' },
    { line: '1.29', ends: '2025-01-16' },
    { line: '1.28', ends: '2024-10-19' },
    { line: '1.27', ends: '2024-07-27' },
    { line: '1.26', ends: '2024-04-18' },
    { line: '1.25', ends: '2024-01-18' },
    { line: '1.24', ends: '2023-10-19' },
    { line: '1.23', ends: '2023-07-15' },
    { line: '1.22', ends: '2023-04-15' },
    { line: '1.21', ends: '2023-01-12' },
    { line: '1.20', ends: '2022-10-05' },
    { line: '1.19', ends: '2022-07-13' },
    { line: '1.18', ends: '2022-04-15' },
    { line: '1.17', ends: '2022-01-11' },
    { line: '1.16', ends: '2021-10-08' },
    { line: '1.15', ends: '2021-07-07' },
    { line: '1.14', ends: '2021-04-08' },
    { line: '1.13', ends: '2021-01-20' },
    { line: '1.12', ends: '2020-10-31' },
    { line: '1.11', ends: '2019-10-31' },
    { line: '1.10', ends: '2019-07-11' },
  ],
};

/** Read in the collection of https://endoflife.date/apache-cassandra. */
export const CASSANDRA: ReleaseLines = {
  product: 'Apache Cassandra',
  source: 'https://cassandra.apache.org/_/download.html',
  asOf: '2026-08-22',
  lines: [
    { line: '5.0' },
    { line: '4.1' },
    { line: '4.0' },
    { line: '3.11', ends: '2024-09-05' },
    { line: '3.0', ends: '2024-09-05' },
  ],
};

/** Read in the collection of https://endoflife.date/zookeeper. */
export const ZOOKEEPER: ReleaseLines = {
  product: 'Apache ZooKeeper',
  source: 'https://zookeeper.apache.org/releases.html',
  asOf: '2026-08-22',
  lines: [
    { line: '3.9' },
    { line: '3.8' },
    { line: '3.7', ends: '2024-01-19' },
    { line: '3.6', ends: '2022-12-30' },
    { line: '3.5', ends: '2022-06-01' },
    { line: '3.4', ends: '2020-06-01' },
  ],
};
