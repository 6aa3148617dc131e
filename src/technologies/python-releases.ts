import type { ReleaseLines } from './release-lines.js';

export const PYTHON: ReleaseLines = {
  product: 'Python',
  source: 'https://devguide.python.org/versions/',
  asOf: '2026-08-13',
  lines: [
    { line: '3.15', ends: '2031-10-31' },
    { line: '3.14', ends: '2030-10-31' },
    { line: '3.13', ends: '2029-10-31' },
    { line: '3.12', ends: '2028-10-31' },
    { line: '3.11', ends: '2027-10-31' },
    { line: '3.10', ends: '2026-10-31' },
    { line: '3.9', ends: '2025-10-31' },
    { line: '3.8', ends: '2024-10-07' },
    { line: '3.7', ends: '2023-06-27' },
    { line: '3.6', ends: '2021-12-23' },
    { line: '3.5', ends: '2020-09-30' },
    { line: '3.4', ends: '2019-03-18' },
    { line: '3.3', ends: '2017-09-29' },
    { line: '2.7', ends: '2020-01-01' },
  ],
};
