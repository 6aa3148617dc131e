import { unknown, type Maybe } from '../location.js';

/** How many connections a server accepts that somebody else runs, where nobody set it. */
export interface DefaultLimit {
  readonly clients: Maybe<number>;
  readonly reserved: number;
  /** Where the number is from, in words. */
  readonly setting: string;
}

export type Engine = 'PostgreSQL' | 'MySQL' | 'MariaDB';

const GIB = 1024 ** 3;

/** Of engines as the clouds write them: `postgres`, `aurora-mysql`, `POSTGRES_16`. */
export function engineOf(written: string): Engine | undefined {
  if (/postgres/i.test(written)) return 'PostgreSQL';
  if (/maria/i.test(written)) return 'MariaDB';
  return /mysql|^aurora$/i.test(written) ? 'MySQL' : undefined;
}

/** Kept back from applications where nothing is set: https://www.postgresql.org/docs/current/runtime-config-connection.html */
export function reservedOf(engine: Engine): number {
  return engine === 'PostgreSQL' ? 3 : 0;
}

const BURSTABLE: Readonly<Record<string, number>> = { nano: 0.5, micro: 1, small: 2, medium: 4 };
/** GiB of memory for each processor, by the first letter of the family. */
const BY_FAMILY: Readonly<Record<string, number>> = { t: 4, m: 4, r: 8 };

/**
 * Memory of an instance class of RDS in GiB, which is that of the EC2 instance of the name:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html, as of 2026-11.
 */
export function classMemory(name: string): number | undefined {
  const match = /^db\.(t2|t3|t4g|m[4-9]\w{0,3}|r[5-9]\w{0,3})\.(\w{2,10})$/.exec(name);
  if (match === null) return undefined;
  const [, family = '', size = ''] = match;
  if (Object.hasOwn(BURSTABLE, size)) return family.startsWith('t') ? BURSTABLE[size] : undefined;
  const times = /^(\d{1,2})xlarge$/.exec(size)?.[1];
  const processors = size === 'large' ? 2 : size === 'xlarge' ? 4 : times === undefined ? undefined : Number(times) * 4;
  const each = BY_FAMILY[family.charAt(0)];
  return processors === undefined || each === undefined ? undefined : processors * each;
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections. The memory that
 * counts is a little less than that of the class, so this is what it accepts at most.
 */
export function rdsLimit(engine: Engine, instanceClass: string | undefined): DefaultLimit {
  const memory = instanceClass === undefined ? undefined : classMemory(instanceClass);
  const [divisor, most] = engine === 'PostgreSQL' ? [9_531_392, 5_000] : [12_582_880, 100_000];
  const formula =
    engine === 'PostgreSQL' ? `LEAST(DBInstanceClassMemory/${divisor}, ${most})` : `DBInstanceClassMemory/${divisor}`;
  const clients =
    memory === undefined
      ? unknown<number>(`by default ${formula}, of a memory that is not known`)
      : Math.min(most, Math.floor((memory * GIB) / divisor));
  return {
    clients,
    reserved: reservedOf(engine),
    setting: `max_connections, by default ${formula} of ${instanceClass ?? 'its class'}`,
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections, as of 2026-11 */
const AURORA_MYSQL: Readonly<Record<string, number>> = {
  't.small': 45,
  't.medium': 90,
  't.large': 135,
  'r.large': 1_000,
  'r.xlarge': 2_000,
  'r.2xlarge': 3_000,
  'r.4xlarge': 4_000,
  'r.8xlarge': 5_000,
  'r.12xlarge': 6_000,
  'r.16xlarge': 6_000,
  'r.24xlarge': 7_000,
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html, by the largest capacity, as of 2026-11 */
const SERVERLESS: Readonly<Record<'PostgreSQL' | 'MySQL', Readonly<Record<number, number>>>> = {
  PostgreSQL: { 1: 189, 4: 823, 8: 1_669, 16: 3_360, 32: 5_000, 64: 5_000, 128: 5_000 },
  MySQL: { 1: 90, 4: 135, 8: 1_000, 16: 2_000, 32: 3_000, 64: 4_000, 128: 5_000 },
};

export function auroraLimit(
  engine: Engine,
  instanceClass: string | undefined,
  capacity: { least?: number | undefined; most?: number | undefined },
): DefaultLimit {
  if (instanceClass === 'db.serverless') {
    const table = SERVERLESS[engine === 'PostgreSQL' ? 'PostgreSQL' : 'MySQL'];
    const found = capacity.most === undefined ? undefined : table[capacity.most];
    // With less than one unit of capacity at least, more are never accepted.
    const bound = engine === 'PostgreSQL' && capacity.least !== undefined && capacity.least <= 0.5 ? 2_000 : Infinity;
    const clients =
      found === undefined
        ? unknown<number>('it depends on its largest capacity, for which the table has no row')
        : Math.min(found, bound);
    return {
      clients,
      reserved: reservedOf(engine),
      setting: `max_connections, by default that of ${capacity.most ?? 'its'} ACU at most`,
    };
  }
  if (engine === 'PostgreSQL') return rdsLimit(engine, instanceClass);
  const [, family = '', size = ''] = /^db\.([rt])\w{1,4}\.(\w{2,10})$/.exec(instanceClass ?? '') ?? [];
  const clients =
    AURORA_MYSQL[`${family}.${size}`] ?? unknown<number>('the table of its makers has no row for its class');
  return { clients, reserved: 0, setting: `max_connections, by default that of ${instanceClass ?? 'its class'}` };
}

/** From so many GiB on: https://cloud.google.com/sql/docs/postgres/flags#postgres-m, as of 2026-11 */
const CLOUD_SQL: readonly (readonly [number, number])[] = [
  [120, 1_000],
  [60, 800],
  [30, 600],
  [15, 500],
  [7.5, 400],
  [6, 200],
  [3.75, 100],
];

/** https://cloud.google.com/sql/docs/mysql/flags: 250 and 1000 for shared cores, 4000 for others. */
export function cloudSqlLimit(engine: Engine, tier: string | undefined): DefaultLimit {
  const setting = `max_connections, by default that of ${tier ?? 'its tier'}`;
  const open = (reason: string): DefaultLimit => ({ clients: unknown(reason), reserved: reservedOf(engine), setting });
  if (tier === undefined) return open('it depends on its tier, which is not known');
  const known = (clients: number): DefaultLimit => ({ clients, reserved: reservedOf(engine), setting });
  if (tier === 'db-f1-micro') return known(engine === 'PostgreSQL' ? 25 : 250);
  if (tier === 'db-g1-small') return known(engine === 'PostgreSQL' ? 50 : 1_000);
  if (engine !== 'PostgreSQL') return known(4_000);
  const memory = tierMemory(tier);
  const found = memory === undefined ? undefined : CLOUD_SQL.find(([from]) => memory >= from);
  return found === undefined ? open(`it depends on the memory of ${tier}, which is not known here`) : known(found[1]);
}

/** `db-custom-2-7680` names MiB; of the older tiers the memory follows from the processors. */
function tierMemory(tier: string): number | undefined {
  const custom = /^db-custom-\d{1,3}-(\d{4,7})$/.exec(tier)?.[1];
  if (custom !== undefined) return Number(custom) / 1024;
  const standard = /^db-n1-(standard|highmem)-(\d{1,3})$/.exec(tier);
  if (standard !== null) return Number(standard[2]) * (standard[1] === 'standard' ? 3.75 : 6.5);
  const optimized = /^db-perf-optimized-N-(\d{1,3})$/.exec(tier)?.[1];
  return optimized === undefined ? undefined : Number(optimized) * 8;
}

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-limits, as of 2026-11; 15 of them are kept back. */
const AZURE_BURSTABLE: Readonly<Record<string, readonly [number, number]>> = {
  B1s: [35, 1],
  B1ms: [50, 2],
  B2s: [429, 4],
  B2ms: [859, 8],
  B4ms: [1_718, 16],
  B8ms: [3_437, 32],
  B12ms: [5_000, 48],
  B16ms: [5_000, 64],
  B20ms: [5_000, 80],
};

/** Of MySQL: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters, 85.33 for each GiB. */
export function azureLimit(engine: Engine, sku: string | undefined): DefaultLimit {
  const reserved = engine === 'PostgreSQL' ? 15 : 0;
  const setting = `max_connections, by default that of ${sku ?? 'its size'}`;
  const [, tier = '', size = ''] = /^(B|GP|MO|BC)_Standard_(\w{2,12})$/.exec(sku ?? '') ?? [];
  const burstable = tier === 'B' && Object.hasOwn(AZURE_BURSTABLE, size) ? AZURE_BURSTABLE[size] : undefined;
  const processors = /^[DE](\d{1,3})/.exec(size)?.[1];
  const memory =
    burstable?.[1] ?? (processors === undefined ? undefined : Number(processors) * (size.startsWith('D') ? 4 : 8));
  if (memory === undefined)
    return { clients: unknown('it depends on its size, for which the table has no row'), reserved, setting };
  if (engine !== 'PostgreSQL') return { clients: Math.floor(memory * 85.333), reserved, setting };
  const clients =
    burstable?.[0] ??
    AZURE_BY_MEMORY.find(([from]) => memory >= from)?.[1] ??
    unknown<number>('the table has no row for its size');
  return { clients, reserved, setting };
}

const AZURE_BY_MEMORY: readonly (readonly [number, number])[] = [
  [48, 5_000],
  [32, 3_437],
  [16, 1_718],
  [8, 859],
];
