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

/** Read in the collection of https://endoflife.date/amazon-elasticache-redis: the end of standard support. */
const ELASTICACHE_REDIS: ReleaseLines = {
  product: 'Redis OSS on Amazon ElastiCache',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html',
  asOf: '2026-08-22',
  lines: [
    { line: '7' },
    { line: '6', ends: '2027-01-31' },
    { line: '5', ends: '2026-01-31' },
    { line: '4', ends: '2026-01-31' },
  ],
};

/** Read in the collection of https://endoflife.date/amazon-aurora-postgresql: the end of standard support. */
const AURORA_POSTGRESQL: ReleaseLines = {
  product: 'Aurora PostgreSQL',
  source:
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html',
  asOf: '2026-08-22',
  lines: [
    { line: '18', ends: '2031-02-28' },
    { line: '17', ends: '2030-02-28' },
    { line: '16', ends: '2029-02-28' },
    { line: '15', ends: '2028-02-29' },
    { line: '14', ends: '2027-02-28' },
    { line: '13', ends: '2026-02-28' },
    { line: '12', ends: '2025-02-28' },
    { line: '11', ends: '2024-02-29' },
  ],
};

/** Read in the collection of https://endoflife.date/amazon-rds-mariadb. */
const RDS_MARIADB: ReleaseLines = {
  product: 'MariaDB on Amazon RDS',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html',
  asOf: '2026-08-22',
  lines: [
    { line: '12.3', ends: '2029-06-30' },
    { line: '11.8', ends: '2028-06-30' },
    { line: '11.4', ends: '2029-05-31' },
    { line: '10.11', ends: '2028-02-29' },
    { line: '10.6', ends: '2026-12-31' },
    { line: '10.5', ends: '2026-08-31' },
    { line: '10.4', ends: '2025-02-28' },
    { line: '10.3', ends: '2023-10-23' },
  ],
};

/** Read in the collection of https://endoflife.date/azure-database-for-postgresql. */
const AZURE_POSTGRESQL: ReleaseLines = {
  product: 'Azure Database for PostgreSQL',
  source: 'https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy',
  asOf: '2026-08-22',
  lines: [
    { line: '18', ends: '2030-11-14' },
    { line: '17', ends: '2029-11-08' },
    { line: '16', ends: '2028-11-09' },
    { line: '15', ends: '2027-11-11' },
    { line: '14', ends: '2026-11-12' },
    { line: '13', ends: '2026-07-31' },
    { line: '12', ends: '2026-07-31' },
    { line: '11', ends: '2026-07-31' },
  ],
};

/** Read in the collection of https://endoflife.date/azure-database-for-mysql. */
const AZURE_MYSQL: ReleaseLines = {
  product: 'Azure Database for MySQL',
  source: 'https://learn.microsoft.com/azure/mysql/concepts-version-policy',
  asOf: '2026-08-22',
  lines: [{ line: '8.4' }, { line: '8.0', ends: '2026-12-31' }, { line: '5.7', ends: '2026-07-31' }],
};

/** Read in the collection of https://endoflife.date/amazon-eks: the end of standard support. */
const EKS: ReleaseLines = {
  product: 'Kubernetes on Amazon EKS',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  asOf: '2026-08-22',
  lines: [
    { line: '1.36', ends: '2027-08-02' },
    { line: '1.35', ends: '2027-03-27' },
    { line: '1.34', ends: '2026-12-02' },
    { line: '1.33', ends: '2026-07-29' },
    { line: '1.32', ends: '2026-03-23' },
    { line: '1.31', ends: '2025-11-26' },
    { line: '1.30', ends: '2025-07-23' },
    { line: '1.29', ends: '2025-03-23' },
    { line: '1.28', ends: '2024-11-26' },
    { line: '1.27', ends: '2024-07-24' },
    { line: '1.26', ends: '2024-06-11' },
    { line: '1.25', ends: '2024-05-01' },
    { line: '1.24', ends: '2024-01-31' },
    { line: '1.23', ends: '2023-10-11' },
    { line: '1.22', ends: '2023-06-04' },
    { line: '1.21', ends: '2023-02-16' },
    { line: '1.20', ends: '2022-11-01' },
    { line: '1.19', ends: '2022-08-01' },
    { line: '1.18', ends: '2022-08-15' },
  ],
};

/** Read in the collection of https://endoflife.date/azure-kubernetes-service. */
const AKS: ReleaseLines = {
  product: 'Kubernetes on Azure',
  source: 'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
  asOf: '2026-08-22',
  lines: [
    { line: '1.36', ends: '2027-06-30' },
    { line: '1.35', ends: '2027-03-31' },
    { line: '1.34', ends: '2026-11-30' },
    { line: '1.33', ends: '2026-07-31' },
    { line: '1.32', ends: '2026-03-31' },
    { line: '1.31', ends: '2025-11-01' },
    { line: '1.30', ends: '2025-08-22' },
    { line: '1.29', ends: '2025-03-31' },
    { line: '1.28', ends: '2025-01-31' },
    { line: '1.27', ends: '2024-07-31' },
    { line: '1.26', ends: '2024-04-11' },
    { line: '1.25', ends: '2024-01-14' },
    { line: '1.24', ends: '2023-07-31' },
    { line: '1.23', ends: '2023-04-02' },
    { line: '1.22', ends: '2022-12-04' },
    { line: '1.21', ends: '2022-07-31' },
  ],
};

/** Read in the calendar that is named as source: the end of standard support. Of version 3 the end may still move. */
const AURORA_MYSQL: ReleaseLines = {
  product: 'Aurora MySQL',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html',
  asOf: '2026-11-21',
  lines: [{ line: '8.0' }, { line: '5.7', ends: '2024-10-31' }, { line: '5.6', ends: '2023-02-28' }],
};

/** The last day of regular support; what is paid for comes after it. */
const CLOUD_SQL_POSTGRESQL: ReleaseLines = {
  product: 'Cloud SQL for PostgreSQL',
  source: 'https://cloud.google.com/sql/docs/postgres/db-versions',
  asOf: '2025-08-19',
  lines: [
    { line: '18' },
    { line: '17' },
    { line: '16' },
    { line: '15', ends: '2028-01-31' },
    { line: '14', ends: '2027-01-31' },
    { line: '13', ends: '2026-01-31' },
    { line: '12', ends: '2025-01-31' },
    { line: '11', ends: '2025-01-31' },
    { line: '10', ends: '2025-01-31' },
    { line: '9.6', ends: '2025-01-31' },
  ],
};

const CLOUD_SQL_MYSQL: ReleaseLines = {
  product: 'Cloud SQL for MySQL',
  source: 'https://cloud.google.com/sql/docs/mysql/db-versions',
  asOf: '2025-08-19',
  lines: [
    { line: '8.4', longTerm: true },
    { line: '8.0', ends: '2026-06-30' },
    { line: '5.7', ends: '2025-01-31' },
    { line: '5.6', ends: '2025-01-31' },
  ],
};

/** The engine that is called `aurora` alone is the first of its kind, whatever is left out. */
export const FIRST_AURORA = { engine: 'aurora', version: '5.6' } as const;

const RELEASES: ReadonlyMap<string, ReleaseLines> = new Map([
  ['postgres', RDS_POSTGRESQL],
  ['mysql', RDS_MYSQL],
  ['mariadb', RDS_MARIADB],
  ['aurora-postgresql', AURORA_POSTGRESQL],
  ['aurora-mysql', AURORA_MYSQL],
  ['aurora', AURORA_MYSQL],
  ['redis', ELASTICACHE_REDIS],
  ['cloud-sql-postgresql', CLOUD_SQL_POSTGRESQL],
  ['cloud-sql-mysql', CLOUD_SQL_MYSQL],
  ['azure-postgresql', AZURE_POSTGRESQL],
  ['azure-mysql', AZURE_MYSQL],
  ['eks', EKS],
  ['aks', AKS],
]);

/** Of engines by the words that the service has for them; where a service has no word of its own, one that begins with its maker. */
export const managedReleases = (engine: string): ReleaseLines | undefined => RELEASES.get(engine);
