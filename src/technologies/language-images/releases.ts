import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/php. */
export const PHP: ReleaseLines = {
  product: 'PHP',
  source: 'https://www.php.net/supported-versions.php',
  asOf: '2026-08-22',
  lines: [
    { line: '8.5', ends: '2029-12-31' },
    { line: '8.4', ends: '2028-12-31' },
    { line: '8.3', ends: '2027-12-31' },
    { line: '8.2', ends: '2026-12-31' },
    { line: '8.1', ends: '2025-12-31' },
    { line: '8.0', ends: '2023-11-26' },
    { line: '7.4', ends: '2022-11-28' },
    { line: '7.3', ends: '2021-12-06' },
    { line: '7.2', ends: '2020-11-30' },
    { line: '7.1', ends: '2019-12-01' },
    { line: '7.0', ends: '2019-01-10' },
    { line: '5.6', ends: '2018-12-31' },
  ],
};

/** Read in the collection of https://endoflife.date/ruby. */
export const RUBY: ReleaseLines = {
  product: 'Ruby',
  source: 'https://www.ruby-lang.org/en/downloads/branches/',
  asOf: '2026-08-22',
  lines: [
    { line: '4.0', ends: '2029-03-31' },
    { line: '3.4', ends: '2028-03-31' },
    { line: '3.3', ends: '2027-03-31' },
    { line: '3.2', ends: '2026-03-31' },
    { line: '3.1', ends: '2025-03-26' },
    { line: '3.0', ends: '2024-04-23' },
    { line: '2.7', ends: '2023-03-31' },
    { line: '2.6', ends: '2022-03-31' },
    { line: '2.5', ends: '2021-03-31' },
    { line: '2.4', ends: '2020-03-31' },
    { line: '2.3', ends: '2019-03-31' },
    { line: '2.2', ends: '2018-03-31' },
    { line: '2.1', ends: '2017-03-31' },
  ],
};

/** Read in the collection of https://endoflife.date/go. */
export const GO: ReleaseLines = {
  product: 'Go',
  source: 'https://go.dev/doc/devel/release',
  asOf: '2026-08-22',
  lines: [
    { line: '1.27' },
    { line: '1.26' },
    { line: '1.25', ends: '2026-08-19' },
    { line: '1.24', ends: '2026-02-10' },
    { line: '1.23', ends: '2025-08-12' },
    { line: '1.22', ends: '2025-02-11' },
    { line: '1.21', ends: '2024-08-13' },
    { line: '1.20', ends: '2024-02-06' },
    { line: '1.19', ends: '2023-09-06' },
    { line: '1.18', ends: '2023-02-01' },
    { line: '1.17', ends: '2022-08-02' },
    { line: '1.16', ends: '2022-03-15' },
    { line: '1.15', ends: '2021-08-16' },
    { line: '1.14', ends: '2021-02-16' },
    { line: '1.13', ends: '2020-08-11' },
    { line: '1.12', ends: '2020-02-25' },
    { line: '1.11', ends: '2019-09-03' },
    { line: '1.10', ends: '2019-02-25' },
  ],
};

/** Read in the collection of https://endoflife.date/eclipse-temurin. */
export const TEMURIN: ReleaseLines = {
  product: 'Eclipse Temurin',
  source: 'https://adoptium.net/support/',
  asOf: '2026-08-22',
  lines: [
    { line: '26', ends: '2026-09-15' },
    { line: '25', ends: '2031-09-30', longTerm: true },
    { line: '24', ends: '2025-09-16' },
    { line: '23', ends: '2025-03-18' },
    { line: '22', ends: '2024-09-17' },
    { line: '21', ends: '2029-12-31', longTerm: true },
    { line: '20', ends: '2023-09-19' },
    { line: '19', ends: '2023-03-31' },
    { line: '18', ends: '2022-09-30' },
    { line: '17', ends: '2027-10-31', longTerm: true },
    { line: '11', ends: '2027-10-31', longTerm: true },
    { line: '16', ends: '2021-09-30' },
    { line: '8', ends: '2030-12-31', longTerm: true },
  ],
};

/** Read in the collection of https://endoflife.date/dotnet. */
export const DOTNET: ReleaseLines = {
  product: '.NET',
  source: 'https://dotnet.microsoft.com/platform/support/policy/dotnet-core',
  asOf: '2026-08-22',
  lines: [
    { line: '10', ends: '2028-11-14', longTerm: true },
    { line: '9', ends: '2026-11-10' },
    { line: '8', ends: '2026-11-10', longTerm: true },
    { line: '7', ends: '2024-05-14' },
    { line: '6', ends: '2024-11-12', longTerm: true },
    { line: '5', ends: '2022-05-10' },
    { line: '3.1', ends: '2022-12-13', longTerm: true },
    { line: '3.0', ends: '2020-03-03' },
    { line: '2.2', ends: '2019-12-23' },
    { line: '2.1', ends: '2021-08-21', longTerm: true },
  ],
};
