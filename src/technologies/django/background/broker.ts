import type { Scope } from '../../../facts/fact.js';
import type { Program } from '../../../link/program.js';
import type { Value } from '../../../link/value.js';
import { unknown, type Maybe } from '../../../location.js';
import { alternatives, combine, reasonFor } from '../../alternatives.js';
import { hostOf, networkPlace } from '../network-place.js';

export interface Broker {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
}

const SERVERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:redis|rediss|valkey|sentinel)$/, 'Redis'],
  [/^(?:amqp|amqps|pyamqp|librabbitmq|py-amqp|qpid)$/, 'RabbitMQ'],
  [/^mongodb/, 'MongoDB'],
  [/^(?:kafka|confluentkafka)$/, 'Kafka'],
  [/^(?:postgres|postgresql|mysql|oracle)/, 'a database'],
  [/^memcached?$/, 'Memcached'],
];
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^sqs$/, 'Amazon SQS'],
  [/^azure/, 'Azure'],
  [/^gcpubsub$/, 'Google Pub/Sub'],
];

/** Who can reach what a URL names, as kombu reads it: https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/. */
export function brokerAt(program: Program, url: Value, setting: string): Broker {
  const possible = alternatives(url);
  if (possible === undefined) {
    const reason = reasonFor(url, setting);
    return { store: unknown(reason), scope: networkPlace(program, url, setting).scope };
  }
  const each = possible.map((one) => ofOne(program, one, setting));
  const reason = reasonFor(url, setting);
  return {
    store: combine(
      each.map(({ store }) => store),
      reason,
    ),
    scope: combine(
      each.map(({ scope }) => scope),
      reason,
    ),
  };
}

function ofOne(program: Program, value: Value, setting: string): Broker {
  if (value.kind === 'list' || value.kind === 'tuple') {
    const [first] = value.items;
    return first === undefined ? notKnown(`${setting} is empty`) : brokerAt(program, first, setting);
  }
  if (value.kind !== 'str') return notKnown(reasonFor(value, setting));
  const [first = ''] = value.value.split(';', 1);
  const scheme = (/^([a-z][\w+.-]*):\/\//i.exec(first)?.[1] ?? '').toLowerCase();
  // `sqla+sqlite`, `db+postgresql`, `redis+socket`: the first word says how it is spoken to.
  const [how = '', ...rest] = scheme.split('+');
  const product = /^(?:sqla|db|sqlalchemy|cache|database)$/.test(how) ? (rest[0] ?? '') : how;
  if (/^(?:memory|locmem)$/.test(product)) return { store: 'the memory of the process', scope: 'process' };
  if (/^(?:filesystem|file)$/.test(product)) return { store: 'files', scope: 'host' };
  if (product === 'sqlite') return { store: 'SQLite', scope: 'host' };
  if (rest.includes('socket')) return { store: nameOf(SERVERS, product) ?? scheme, scope: 'host' };
  const service = nameOf(SERVICES, product);
  if (service !== undefined) return { store: service, scope: 'cluster' };
  const server = nameOf(SERVERS, product);
  if (server === undefined) return notKnown(`where ${scheme === '' ? setting : scheme} keeps work is not known here`);
  const { host, port } = hostOf(first.replace(/^[^:]+:/, 'x:'));
  return { store: server, scope: networkPlace(program, { ...value, value: host }, setting, port).scope };
}

function nameOf(list: typeof SERVERS, product: string): string | undefined {
  return list.find(([pattern]) => pattern.test(product))?.[1];
}

function notKnown(reason: string): Broker {
  return { store: unknown(reason), scope: unknown(reason) };
}
