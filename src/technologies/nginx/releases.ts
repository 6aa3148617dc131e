import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/nginx: a line ends on the day on which the next but one begins, be it stable (even) or mainline (odd). */
export const NGINX: ReleaseLines = {
  product: 'nginx',
  source: 'https://nginx.org/en/download.html',
  asOf: '2026-08-22',
  moveTo: '1.30',
  lines: [
    { line: '1.31' },
    { line: '1.30' },
    { line: '1.29', ends: '2026-05-13' },
    { line: '1.28', ends: '2026-04-14' },
    { line: '1.27', ends: '2025-06-24' },
    { line: '1.26', ends: '2025-04-23' },
    { line: '1.25', ends: '2024-05-29' },
    { line: '1.24', ends: '2024-04-23' },
    { line: '1.23', ends: '2023-05-23' },
    { line: '1.22', ends: '2023-04-11' },
    { line: '1.21', ends: '2022-06-21' },
    { line: '1.20', ends: '2022-05-24' },
    { line: '1.19', ends: '2021-05-25' },
    { line: '1.18', ends: '2021-04-20' },
    { line: '1.16', ends: '2020-04-20' },
    { line: '1.14', ends: '2019-04-23' },
    { line: '1.12', ends: '2018-04-17' },
    { line: '1.10', ends: '2017-04-12' },
    { line: '1.8', ends: '2016-04-26' },
  ],
};
