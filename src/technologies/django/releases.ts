import type { ReleaseLines } from '../release-lines.js';

export const DJANGO: ReleaseLines = {
  product: 'Django',
  source: 'https://www.djangoproject.com/download/#supported-versions',
  asOf: '2026-04-10',
  lines: [
    // Planned for August 2026 on that page, with support until December 2027.
    { line: '6.1', ends: '2027-12-31' },
    { line: '6.0', ends: '2027-04-30' },
    { line: '5.2', ends: '2028-04-30', longTerm: true },
    { line: '5.1', ends: '2025-12-03' },
    { line: '5.0', ends: '2025-04-02' },
    { line: '4.2', ends: '2026-04-07', longTerm: true },
    { line: '4.1', ends: '2023-12-01' },
    { line: '4.0', ends: '2023-04-01' },
    { line: '3.2', ends: '2024-04-01', longTerm: true },
    { line: '3.1', ends: '2021-12-07' },
    { line: '3.0', ends: '2021-04-06' },
    { line: '2.2', ends: '2022-04-11', longTerm: true },
    { line: '2.1', ends: '2019-12-02' },
    { line: '2.0', ends: '2019-04-01' },
    { line: '1.11', ends: '2020-04-01', longTerm: true },
    { line: '1.10', ends: '2017-12-02' },
    { line: '1.9', ends: '2017-04-04' },
    { line: '1.8', ends: '2018-04-01', longTerm: true },
    { line: '1.7', ends: '2015-12-01' },
    { line: '1.6', ends: '2015-04-01' },
  ],
};
