import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/redis; of the newest lines no end is announced. */
export const REDIS: ReleaseLines = {
  product: 'Redis',
  source: 'https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/',
  asOf: '2026-08-22',
  lines: [
    { line: '8.10' },
    { line: '8.8' },
    { line: '8.6' },
    { line: '8.4' },
    { line: '8.2', ends: '2030-09-01' },
    { line: '8.0', ends: '2026-12-01' },
    { line: '7.4', ends: '2029-12-01' },
    { line: '7.2', ends: '2029-12-01' },
    { line: '7.0', ends: '2024-07-29' },
    { line: '6.2', ends: '2027-04-01' },
    { line: '6.0', ends: '2022-05-31' },
    { line: '5.0', ends: '2022-04-27' },
  ],
};

/** Read in the collection of https://endoflife.date/valkey. */
export const VALKEY: ReleaseLines = {
  product: 'Valkey',
  source: 'https://valkey.io/topics/releases/',
  asOf: '2026-08-22',
  lines: [
    { line: '9.1' },
    { line: '9.0', ends: '2028-10-21' },
    { line: '8.1', ends: '2030-03-31' },
    { line: '8.0', ends: '2027-09-15' },
    { line: '7.2', ends: '2029-04-16' },
  ],
};

/** Read in the collection of https://endoflife.date/memcached: only the newest line is mended. */
export const MEMCACHED: ReleaseLines = {
  product: 'Memcached',
  source: 'https://github.com/memcached/memcached/wiki/ReleaseNotes',
  asOf: '2026-08-22',
  lines: [{ line: '1.6' }, { line: '1.5', ends: '2020-03-09' }, { line: '1.4', ends: '2017-07-21' }],
};
