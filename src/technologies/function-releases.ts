import type { Stated } from '../facts/fact.js';
import type { Location } from '../location.js';
import { runtimeOf, type ReleaseLines } from './release-lines.js';

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';
const AS_OF = '2026-11-22';

/** Runtimes of AWS Lambda by the word before their version, with the day on which each is deprecated: no fix comes after it. */
const RUNTIMES: Readonly<Record<string, ReleaseLines>> = {
  python: {
    product: 'Python on AWS Lambda',
    source: SOURCE,
    asOf: AS_OF,
    lines: [
      { line: '3.13', ends: '2029-06-30' },
      { line: '3.12', ends: '2028-10-31' },
      { line: '3.11', ends: '2027-06-30' },
      { line: '3.10', ends: '2026-10-31' },
      { line: '3.9', ends: '2025-12-15' },
      { line: '3.8', ends: '2024-10-14' },
      { line: '3.7', ends: '2023-12-04' },
      { line: '3.6', ends: '2022-07-18' },
      { line: '2.7', ends: '2021-07-15' },
    ],
  },
  nodejs: {
    product: 'Node.js on AWS Lambda',
    source: SOURCE,
    asOf: AS_OF,
    lines: [
      { line: '24', ends: '2028-04-30' },
      { line: '22', ends: '2027-04-30' },
      { line: '20', ends: '2026-04-30' },
      { line: '18', ends: '2025-09-01' },
      { line: '16', ends: '2024-06-12' },
      { line: '14', ends: '2023-12-04' },
      { line: '12', ends: '2023-03-31' },
      { line: '10', ends: '2021-07-30' },
      { line: '8', ends: '2020-03-06' },
      { line: '6', ends: '2019-08-12' },
    ],
  },
};

/** The runtime of a function, as it is written there: `python3.6`, `nodejs18.x`. */
export function* functionRuntime(written: string, location: Location, unit: string): Generator<Stated> {
  const [, word = '', version = ''] = /^(python|nodejs)(\d{1,2}(?:\.\d{1,2})?)(?:\.x)?$/.exec(written) ?? [];
  const lines = Object.hasOwn(RUNTIMES, word) ? RUNTIMES[word] : undefined;
  if (lines !== undefined) yield* runtimeOf(lines, version, location, [], unit);
}
