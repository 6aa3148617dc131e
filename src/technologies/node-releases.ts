import type { ReleaseLines } from './release-lines.js';

export const NODE: ReleaseLines = {
  product: 'Node.js',
  source: 'https://github.com/nodejs/Release',
  asOf: '2026-11-21',
  lines: [
    { line: '26', ends: '2029-04-30', longTerm: true },
    { line: '25', ends: '2026-06-01' },
    { line: '24', ends: '2028-04-30', longTerm: true },
    { line: '23', ends: '2025-06-01' },
    { line: '22', ends: '2027-04-30', longTerm: true },
    { line: '21', ends: '2024-06-01' },
    { line: '20', ends: '2026-04-30', longTerm: true },
    { line: '19', ends: '2023-06-01' },
    { line: '18', ends: '2025-04-30', longTerm: true },
    { line: '17', ends: '2022-06-01' },
    { line: '16', ends: '2023-09-11', longTerm: true },
    { line: '15', ends: '2021-06-01' },
    { line: '14', ends: '2023-04-30', longTerm: true },
    { line: '13', ends: '2020-06-01' },
    { line: '12', ends: '2022-04-30', longTerm: true },
    { line: '11', ends: '2019-06-01' },
    { line: '10', ends: '2021-04-30', longTerm: true },
    { line: '9', ends: '2018-06-30' },
    { line: '8', ends: '2019-12-31', longTerm: true },
    { line: '7', ends: '2017-06-30' },
    { line: '6', ends: '2019-04-30', longTerm: true },
    { line: '5', ends: '2016-06-30' },
    { line: '4', ends: '2018-04-30', longTerm: true },
  ],
};

/** Names of lines, as tags of images use them: `node:iron`. */
export const CODENAMES: Readonly<Record<string, string>> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
  lithium: '26',
};
