import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/traefik. */
export const TRAEFIK: ReleaseLines = {
  product: 'Traefik',
  source: 'https://doc.traefik.io/traefik/deprecation/releases/',
  asOf: '2026-08-22',
  lines: [
    { line: '3.7' },
    { line: '3.6', ends: '2026-08-16' },
    { line: '3.5', ends: '2025-11-07' },
    { line: '3.4', ends: '2025-07-23' },
    { line: '3.3', ends: '2025-05-05' },
    { line: '3.2', ends: '2025-01-06' },
    { line: '3.1', ends: '2024-10-28' },
    { line: '3.0', ends: '2024-07-15' },
    { line: '2.11', ends: '2026-02-01' },
    { line: '2.10', ends: '2024-02-12' },
    { line: '2.9', ends: '2023-04-24' },
    { line: '2.8', ends: '2022-10-03' },
    { line: '2.7', ends: '2022-06-29' },
    { line: '2.6', ends: '2022-05-24' },
    { line: '2.5', ends: '2022-01-24' },
    { line: '2.4', ends: '2021-08-17' },
    { line: '2.3', ends: '2021-01-19' },
    { line: '2.2', ends: '2020-09-23' },
    { line: '2.1', ends: '2020-03-25' },
    { line: '2.0', ends: '2019-12-11' },
    { line: '1.7', ends: '2021-12-31' },
  ],
};
