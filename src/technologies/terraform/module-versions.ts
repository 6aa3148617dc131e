import type { Location } from '../../location.js';
import { knownText, setAt, type Applied } from './resources.js';
import { textOf } from '../evaluated.js';

/** What a module of somebody else's runs, as its source and its inputs tell. */
export interface ModuleVersion {
  /** As `managed-releases.ts` has it. */
  readonly engine: string;
  readonly version: string;
  readonly location: Location;
}

const ENGINE = /(?:^|[/_.:-])(postgres(?:ql)?|mysql)(?=[/_.?-]|$)/;
const INPUTS = [
  ...['engine_version', 'server_version', 'postgres_version', 'postgresql_version', 'pgsql_version', 'mysql_version'],
  ...['database_version', 'db_version', 'db_engine_version'],
];

/**
 * A module that is not in the repository keeps to itself what it creates. Where its source names a database and one of
 * its inputs a version, the cloud is told by the words of both.
 */
export function moduleVersionOf({ type, view }: Applied): ModuleVersion | undefined {
  const product = ENGINE.exec(type)?.[1];
  const input = product === undefined ? undefined : INPUTS.find((one) => knownText(view, one) !== undefined);
  if (product === undefined || input === undefined) return undefined;
  // `14`, `"14.7"`, `POSTGRES_14`, `MYSQL_8_0`
  const version = /^(?:(?:POSTGRES|MYSQL)_)?(\d+(?:[._]\d+)*)$/.exec(textOf(view.get(input)) ?? '')?.[1];
  const cloud = cloudOf(`${type} ${view.names.join(' ')}`);
  if (version === undefined || cloud === undefined) return undefined;
  const engine = product.startsWith('postgres') ? 'postgresql' : 'mysql';
  const word = cloud === 'aws' ? (engine === 'mysql' ? 'mysql' : 'postgres') : `${cloud}-${engine}`;
  return { engine: word, version: version.replaceAll('_', '.'), location: setAt(view, input) };
}

function cloudOf(words: string): 'azure' | 'cloud-sql' | 'aws' | undefined {
  if (/azure|(?:^|[/_.-])aks(?:[/_. -]|$)|flexible/i.test(words)) return 'azure';
  if (/google|cloud-?sql|(?:^|[/_.-])gcp(?:[/_. -]|$)/i.test(words)) return 'cloud-sql';
  return /(?:^|[/_. -])(?:aws|rds)(?:[/_. -]|$)/i.test(words) ? 'aws' : undefined;
}
