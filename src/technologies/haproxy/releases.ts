import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/haproxy: of quarters that its makers name the first day, or that of a release after it. */
export const HAPROXY: ReleaseLines = {
  product: 'HAProxy',
  source: 'https://www.haproxy.org/',
  asOf: '2026-08-22',
  lines: [
    { line: '3.4', ends: '2031-04-01', longTerm: true },
    { line: '3.3', ends: '2027-01-01' },
    { line: '3.2', ends: '2030-04-01', longTerm: true },
    { line: '3.1', ends: '2026-01-01' },
    { line: '3.0', ends: '2029-04-01', longTerm: true },
    { line: '2.9', ends: '2025-03-21' },
    { line: '2.8', ends: '2028-04-01', longTerm: true },
    { line: '2.7', ends: '2024-04-05' },
    { line: '2.6', ends: '2027-04-01', longTerm: true },
    { line: '2.5', ends: '2023-05-02' },
    { line: '2.4', ends: '2026-04-01', longTerm: true },
    { line: '2.3', ends: '2022-07-27' },
    { line: '2.2', ends: '2025-04-23', longTerm: true },
    { line: '2.1', ends: '2021-03-18' },
    { line: '2.0', ends: '2024-04-05' },
    { line: '1.9', ends: '2020-07-31' },
    { line: '1.8', ends: '2022-12-09' },
    { line: '1.7', ends: '2021-10-01' },
    { line: '1.6', ends: '2020-10-01' },
    { line: '1.5', ends: '2020-01-10' },
  ],
};
