import type { ReleaseLines } from './release-lines.js';

/** The last day of its standard support, which is later than that of the makers of PostgreSQL. */
const RDS_POSTGRESQL: ReleaseLines = {
  product: 'PostgreSQL on Amazon RDS',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html',
  asOf: '2026-11-21',
  lines: [
    { line: '18', ends: '2031-02-28' },
    { line: '17', ends: '2030-02-28' },
    { line: '16', ends: '2029-02-28' },
    { line: '15', ends: '2028-02-29' },
    { line: '14', ends: '2027-02-28' },
    { line: '13', ends: '2026-02-28' },
    { line: '12', ends: '2025-02-28' },
    { line: '11', ends: '2024-02-29' },
    { line: '10', ends: '2023-04-17' },
    { line: '9.6', ends: '2022-04-26' },
  ],
};

const RDS_MYSQL: ReleaseLines = {
  product: 'MySQL on Amazon RDS',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html',
  asOf: '2026-11-21',
  lines: [
    { line: '8.4', ends: '2029-07-31', longTerm: true },
    { line: '8.0', ends: '2026-07-31' },
    { line: '5.7', ends: '2024-02-29' },
    { line: '5.6', ends: '2022-03-01' },
  ],
};

/** Of engines by the words that the service has for them; those of Aurora have dates of their own. */
export function rdsReleases(engine: string): ReleaseLines | undefined {
  if (engine === 'postgres') return RDS_POSTGRESQL;
  return engine === 'mysql' ? RDS_MYSQL : undefined;
}
