import type { ReleaseLines } from '../release-lines.js';

export const POSTGRESQL: ReleaseLines = {
  product: 'PostgreSQL',
  source: 'https://www.postgresql.org/support/versioning/',
  asOf: '2026-05-01',
  lines: [
    // By the policy of that page: five years, to the minor release of the November after them.
    { line: '19', ends: '2031-11-13' },
    { line: '18', ends: '2030-11-14' },
    { line: '17', ends: '2029-11-08' },
    { line: '16', ends: '2028-11-09' },
    { line: '15', ends: '2027-11-11' },
    { line: '14', ends: '2026-11-12' },
    { line: '13', ends: '2025-11-13' },
    { line: '12', ends: '2024-11-21' },
    { line: '11', ends: '2023-11-09' },
    { line: '10', ends: '2022-11-10' },
    { line: '9.6', ends: '2021-11-11' },
    { line: '9.5', ends: '2021-02-11' },
    { line: '9.4', ends: '2020-02-13' },
    { line: '9.3', ends: '2018-11-08' },
    { line: '9.2', ends: '2017-11-09' },
    { line: '9.1', ends: '2016-10-27' },
  ],
};
