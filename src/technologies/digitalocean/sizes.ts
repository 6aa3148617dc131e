import { unknown, type Maybe } from '../../location.js';

/**
 * Connections of a cluster of PostgreSQL: 25 for each GiB of memory, of which three are kept back
 * (https://docs.digitalocean.com/products/databases/postgresql/details/limits/).
 */
const PER_GIB = 25;

/** A database for development is a share of a machine, whose limit nobody tells. */
export function connectionsOf(size: string | undefined, isCluster: boolean): Maybe<number> {
  if (!isCluster) return unknown('the platform does not tell how many connections a database for development accepts');
  const memory = /-(\d{1,4})gb$/.exec(size ?? '')?.[1];
  return memory === undefined ? unknown('the size of the cluster is chosen on the platform') : PER_GIB * Number(memory);
}
