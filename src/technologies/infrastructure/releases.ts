import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/mongodb. Lines between major ones are made for the makers' own cloud. */
export const MONGODB: ReleaseLines = {
  product: 'MongoDB',
  source: 'https://www.mongodb.com/legal/support-policy',
  asOf: '2026-08-22',
  moveTo: '8.0',
  lines: [
    { line: '8.3', ends: '2029-10-31' },
    { line: '8.2', ends: '2026-07-31' },
    { line: '8.1', ends: '2025-09-30' },
    { line: '8.0', ends: '2029-10-31' },
    { line: '7.3', ends: '2024-10-02' },
    { line: '7.2', ends: '2024-03-27' },
    { line: '7.1', ends: '2024-01-23' },
    { line: '7.0', ends: '2027-08-31' },
    { line: '6.3', ends: '2023-08-31' },
    { line: '6.2', ends: '2023-04-24' },
    { line: '6.1', ends: '2023-02-09' },
    { line: '6.0', ends: '2025-07-31' },
    { line: '5.3', ends: '2022-07-19' },
    { line: '5.2', ends: '2022-03-23' },
    { line: '5.1', ends: '2022-01-19' },
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
