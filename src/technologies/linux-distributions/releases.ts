import type { ReleaseLines } from '../release-lines.js';

/** Read in the collection of https://endoflife.date/debian: the end of the long-term support that is open to everybody. */
export const DEBIAN: ReleaseLines = {
  product: 'Debian',
  source: 'https://wiki.debian.org/LTS',
  asOf: '2026-08-22',
  lines: [
    { line: '13', ends: '2030-06-30' },
    { line: '12', ends: '2028-06-30' },
    { line: '11', ends: '2026-08-31' },
    { line: '10', ends: '2024-06-30' },
    { line: '9', ends: '2022-07-01' },
    { line: '8', ends: '2020-06-30' },
    { line: '7', ends: '2018-05-31' },
  ],
};

/** Read in the collection of https://endoflife.date/ubuntu: the end of what needs no subscription. */
export const UBUNTU: ReleaseLines = {
  product: 'Ubuntu',
  source: 'https://wiki.ubuntu.com/Releases',
  asOf: '2026-08-22',
  lines: [
    { line: '26.04', ends: '2031-04-30', longTerm: true },
    { line: '25.10', ends: '2026-07-01' },
    { line: '25.04', ends: '2026-01-17' },
    { line: '24.10', ends: '2025-07-10' },
    { line: '24.04', ends: '2029-05-31', longTerm: true },
    { line: '23.10', ends: '2024-07-12' },
    { line: '23.04', ends: '2024-01-20' },
    { line: '22.10', ends: '2023-07-20' },
    { line: '22.04', ends: '2027-04-01', longTerm: true },
    { line: '21.10', ends: '2022-07-14' },
    { line: '21.04', ends: '2022-01-20' },
    { line: '20.10', ends: '2021-07-22' },
    { line: '20.04', ends: '2025-05-31', longTerm: true },
    { line: '19.10', ends: '2020-07-06' },
    { line: '19.04', ends: '2020-01-23' },
    { line: '18.10', ends: '2019-07-18' },
    { line: '18.04', ends: '2023-05-31', longTerm: true },
    { line: '16.04', ends: '2021-04-02', longTerm: true },
    { line: '14.04', ends: '2019-04-02', longTerm: true },
  ],
};

/** Read in the collection of https://endoflife.date/alpine-linux. */
export const ALPINE: ReleaseLines = {
  product: 'Alpine Linux',
  source: 'https://alpinelinux.org/releases/',
  asOf: '2026-08-22',
  lines: [
    { line: '3.24', ends: '2028-06-01' },
    { line: '3.23', ends: '2027-11-01' },
    { line: '3.22', ends: '2027-05-01' },
    { line: '3.21', ends: '2026-11-01' },
    { line: '3.20', ends: '2026-04-01' },
    { line: '3.19', ends: '2025-11-01' },
    { line: '3.18', ends: '2025-05-09' },
    { line: '3.17', ends: '2024-11-22' },
    { line: '3.16', ends: '2024-05-23' },
    { line: '3.15', ends: '2023-11-01' },
    { line: '3.14', ends: '2023-05-01' },
    { line: '3.13', ends: '2022-11-01' },
    { line: '3.12', ends: '2022-05-01' },
    { line: '3.11', ends: '2021-11-01' },
    { line: '3.10', ends: '2021-05-01' },
    { line: '3.9', ends: '2020-11-01' },
    { line: '3.8', ends: '2020-05-01' },
    { line: '3.7', ends: '2019-11-01' },
    { line: '3.6', ends: '2019-05-01' },
  ],
};

/** Read in the collection of https://endoflife.date/amazon-linux. */
export const AMAZON_LINUX: ReleaseLines = {
  product: 'Amazon Linux',
  source: 'https://aws.amazon.com/amazon-linux-2/faqs/',
  asOf: '2026-08-22',
  lines: [
    { line: '2023', ends: '2029-06-30' },
    { line: '2018.03', ends: '2023-12-31' },
    { line: '2', ends: '2026-06-30' },
    { line: '1', ends: '2023-12-31' },
  ],
};

/** Read in the collection of https://endoflife.date/centos; what goes by the name today is made ahead of another distribution. */
export const CENTOS: ReleaseLines = {
  product: 'CentOS',
  source: 'https://www.centos.org/centos-linux-eol/',
  asOf: '2026-08-22',
  lines: [
    { line: '8', ends: '2021-12-31' },
    { line: '7', ends: '2024-06-30' },
    { line: '6', ends: '2020-11-30' },
  ],
};
